package dev.parley.query.history;

import dev.parley.messages.RejectedException;
import dev.parley.messages.RejectionCode;
import dev.parley.query.QuerySideConfiguration;
import dev.parley.query.QuerySideProperties;
import dev.parley.query.progress.ProjectionProgress;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.data.elasticsearch.NoSuchIndexException;
import org.springframework.data.elasticsearch.UncategorizedElasticsearchException;
import org.springframework.data.elasticsearch.client.elc.NativeQuery;
import org.springframework.data.elasticsearch.core.ElasticsearchOperations;
import org.springframework.data.elasticsearch.core.SearchHits;
import org.springframework.stereotype.Component;

/// Reads messages from Elasticsearch, with a bound on the time it may take. Thread-safe.
@Component
public class MessageReads {

    private static final Logger LOG = LoggerFactory.getLogger(MessageReads.class);

    private final ElasticsearchOperations elasticsearch;
    private final ProjectionProgress progress;
    private final Duration timeout;
    private final AtomicLong refreshed = new AtomicLong(-1);
    private final ExecutorService calls = Executors.newVirtualThreadPerTaskExecutor();
    private final Semaphore free;

    MessageReads(ElasticsearchOperations elasticsearch, ProjectionProgress progress, QuerySideProperties properties) {
        this.elasticsearch = elasticsearch;
        this.progress = progress;
        this.timeout = properties.searchTimeout();
        this.free = new Semaphore(properties.reads());
    }

    /// Waits as [ProjectionProgress#await] for history and inbox, and makes visible to searches what is indexed then.
    public void await(@Nullable String after) {
        long position = progress.await(after, QuerySideConfiguration.HISTORY, QuerySideConfiguration.INBOX);
        if (position > refreshed.get()) {
            long indexed = progress.position(QuerySideConfiguration.HISTORY);
            refresh();
            refreshed.accumulateAndGet(indexed, Math::max);
        }
    }

    /// Makes visible to searches what is indexed now.
    ///
    /// @throws RejectedException `unavailable` if Elasticsearch does not answer in time
    public void refresh() {
        read(operations -> {
            operations.indexOps(MessageDocument.class).refresh();
            return true;
        });
    }

    /// @throws RejectedException `unavailable` if Elasticsearch does not answer in time
    public SearchHits<MessageDocument> search(NativeQuery query) {
        return search(query, MessageDocument.class);
    }

    /// @param type of the documents, which names the index
    /// @throws RejectedException `unavailable` if Elasticsearch does not answer in time
    public <T> SearchHits<T> search(NativeQuery query, Class<T> type) {
        // Elasticsearch gives up soon after nobody waits any more, and not before: its answer would lack hits.
        query.setTimeout(timeout.plusSeconds(1));
        return read(operations -> operations.search(query, type));
    }

    /// @throws RejectedException `unavailable` if Elasticsearch does not answer in time
    public long count(NativeQuery query) {
        return read(operations -> operations.count(query, MessageDocument.class));
    }

    /// Asks Elasticsearch anything that it answers at once. The client's own timeout is as long as writing needs it,
    /// and cannot be set for one request: RequestOptions of its low-level client 9.2.8 has a setter without effect.
    /// Nor does it end a request whose caller is gone: it counts as one of [QuerySideProperties#reads] until it is
    /// answered, lest reads take the connections that writing needs.
    ///
    /// @throws RejectedException `unavailable` if it does not answer in time
    public <T> T read(Function<ElasticsearchOperations, T> read) {
        long deadline = System.nanoTime() + timeout.toNanos();
        try {
            if (!free.tryAcquire(timeout.toNanos(), TimeUnit.NANOSECONDS)) {
                throw unavailable(new TimeoutException("too many reads at once"));
            }
            Future<T> call = calls.submit(() -> {
                try {
                    return read.apply(elasticsearch);
                } finally {
                    free.release();
                }
            });
            return call.get(Math.max(0, deadline - System.nanoTime()), TimeUnit.NANOSECONDS);
        } catch (TimeoutException silent) {
            throw unavailable(silent);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw unavailable(stopped);
        } catch (ExecutionException failure) {
            if (failure.getCause() instanceof DataAccessException refused && !isOurFault(refused)) {
                throw unavailable(refused);
            }
            throw new IllegalStateException("Elasticsearch was asked wrongly", failure.getCause());
        }
    }

    private static RejectedException unavailable(Exception cause) {
        LOG.atWarn().addKeyValue("cause", cause.toString()).log("Elasticsearch cannot be read");
        return new RejectedException(RejectionCode.UNAVAILABLE, "Messages cannot be read at the moment, try again");
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
}
