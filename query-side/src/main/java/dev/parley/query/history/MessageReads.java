package dev.parley.query.history;

import co.elastic.clients.elasticsearch.ElasticsearchClient;
import co.elastic.clients.transport.rest5_client.Rest5ClientOptions;
import dev.parley.messages.RejectedException;
import dev.parley.messages.RejectionCode;
import dev.parley.query.QuerySideConfiguration;
import dev.parley.query.QuerySideProperties;
import dev.parley.query.progress.ProjectionProgress;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import org.apache.hc.client5.http.config.RequestConfig;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.data.elasticsearch.NoSuchIndexException;
import org.springframework.data.elasticsearch.UncategorizedElasticsearchException;
import org.springframework.data.elasticsearch.client.elc.ElasticsearchTemplate;
import org.springframework.data.elasticsearch.client.elc.NativeQuery;
import org.springframework.data.elasticsearch.core.ElasticsearchOperations;
import org.springframework.data.elasticsearch.core.SearchHits;
import org.springframework.data.elasticsearch.core.convert.ElasticsearchConverter;
import org.springframework.stereotype.Component;

/// Reads messages from Elasticsearch, with a bound on the time it may take. Thread-safe.
@Component
public class MessageReads {

    private static final Logger LOG = LoggerFactory.getLogger(MessageReads.class);

    private final ElasticsearchOperations elasticsearch;
    private final ProjectionProgress progress;
    private final AtomicLong refreshed = new AtomicLong(-1);

    MessageReads(
            ElasticsearchClient client,
            ElasticsearchConverter converter,
            ProjectionProgress progress,
            QuerySideProperties properties) {
        this.elasticsearch = new ElasticsearchTemplate(bounded(client, properties.searchTimeout()), converter);
        this.progress = progress;
    }

    /// Waits as [ProjectionProgress#await] for history and inbox, and makes visible to searches what is indexed then.
    public void await(@Nullable String after) {
        long position = progress.await(after, QuerySideConfiguration.HISTORY, QuerySideConfiguration.INBOX);
        if (position > refreshed.get()) {
            long indexed = progress.position(QuerySideConfiguration.HISTORY);
            read(operations -> {
                operations.indexOps(MessageDocument.class).refresh();
                return indexed;
            });
            refreshed.accumulateAndGet(indexed, Math::max);
        }
    }

    /// @throws RejectedException `unavailable` if Elasticsearch does not answer in time
    public SearchHits<MessageDocument> search(NativeQuery query) {
        return read(operations -> operations.search(query, MessageDocument.class));
    }

    /// @throws RejectedException `unavailable` if Elasticsearch does not answer in time
    public long count(NativeQuery query) {
        return read(operations -> operations.count(query, MessageDocument.class));
    }

    private <T> T read(Function<ElasticsearchOperations, T> read) {
        try {
            return read.apply(elasticsearch);
        } catch (DataAccessException failure) {
            if (isOurFault(failure)) {
                throw failure;
            }
            LOG.atWarn().addKeyValue("cause", failure.toString()).log("Elasticsearch cannot be read");
            throw new RejectedException(RejectionCode.UNAVAILABLE, "Messages cannot be read at the moment, try again");
        }
    }

    /// A request that Elasticsearch understood and refused, for another reason than that it is busy or not set up.
    private static boolean isOurFault(RuntimeException failure) {
        return !(failure instanceof NoSuchIndexException)
                && failure instanceof UncategorizedElasticsearchException refused
                && refused.getStatusCode() != null
                && refused.getStatusCode() >= 400
                && refused.getStatusCode() < 500
                && refused.getStatusCode() != 404
                && refused.getStatusCode() != 408
                && refused.getStatusCode() != 429;
    }

    private static ElasticsearchClient bounded(ElasticsearchClient client, Duration timeout) {
        Rest5ClientOptions options = Rest5ClientOptions.of(client._transport().options());
        RequestConfig config = RequestConfig.custom()
                .setConnectionRequestTimeout(timeout.toMillis(), TimeUnit.MILLISECONDS)
                .setResponseTimeout(timeout.toMillis(), TimeUnit.MILLISECONDS)
                .build();
        return client.withTransportOptions(new Rest5ClientOptions(
                options.restClientRequestOptions().toBuilder()
                        .setRequestConfig(config)
                        .build(),
                options.keepResponseBodyOnException()));
    }
}
