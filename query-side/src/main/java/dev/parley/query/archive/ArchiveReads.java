package dev.parley.query.archive;

import co.elastic.clients.elasticsearch._types.aggregations.Aggregate;
import co.elastic.clients.elasticsearch._types.aggregations.Aggregation;
import co.elastic.clients.elasticsearch._types.query_dsl.Query;
import dev.parley.messages.RejectedException;
import dev.parley.messages.RejectionCode;
import dev.parley.query.QuerySideProperties;
import dev.parley.query.history.MessageDocument;
import dev.parley.query.history.MessageReads;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.data.elasticsearch.client.elc.ElasticsearchAggregations;
import org.springframework.data.elasticsearch.client.elc.NativeQuery;
import org.springframework.data.elasticsearch.client.elc.NativeQueryBuilder;
import org.springframework.data.elasticsearch.core.SearchHits;
import org.springframework.stereotype.Component;

/// Reads from Elasticsearch for analysts, a few questions at a time, so that people chatting keep their
/// share of it. Thread-safe.
@Component
class ArchiveReads {

    private static final Duration TURN = Duration.ofSeconds(2);

    private final MessageReads messages;
    private final Semaphore turns;

    ArchiveReads(MessageReads messages, QuerySideProperties properties) {
        this.messages = messages;
        this.turns = new Semaphore(properties.archive().reads());
    }

    void await(@Nullable String after) {
        messages.await(after);
    }

    /// Makes visible to searches what is indexed now.
    ///
    /// @throws RejectedException `unavailable` if Elasticsearch does not answer in time
    void refresh() {
        messages.refresh();
    }

    /// @throws RejectedException `unavailable` if Elasticsearch does not answer in time, or too many ask
    SearchHits<MessageDocument> search(NativeQuery query) {
        return inTurn(() -> messages.search(query));
    }

    /// Asks for no messages, but for what can be said of them.
    ///
    /// @return the answers by name
    /// @throws RejectedException likewise
    Map<String, Aggregate> aggregate(Query query, Map<String, Aggregation> questions) {
        NativeQueryBuilder builder =
                NativeQuery.builder().withQuery(query).withMaxResults(0).withTrackTotalHits(false);
        questions.forEach(builder::withAggregation);
        SearchHits<MessageDocument> answer = search(builder.build());
        Map<String, Aggregate> answers = new HashMap<>();
        if (answer.getAggregations() instanceof ElasticsearchAggregations all) {
            all.aggregationsAsMap()
                    .forEach((name, one) -> answers.put(name, one.aggregation().getAggregate()));
        }
        return answers;
    }

    private <R> R inTurn(Supplier<R> read) {
        try {
            if (!turns.tryAcquire(TURN.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new RejectedException(RejectionCode.UNAVAILABLE, "Too many look at the archive now, try again");
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new RejectedException(RejectionCode.UNAVAILABLE, "The server is stopping");
        }
        try {
            return read.get();
        } finally {
            turns.release();
        }
    }
}
