package dev.parley.testing;

import static org.assertj.core.api.Assertions.assertThat;

import co.elastic.clients.elasticsearch.ElasticsearchClient;
import co.elastic.clients.elasticsearch._types.FieldValue;
import co.elastic.clients.elasticsearch.core.search.Hit;
import dev.parley.messages.Fact;
import dev.parley.query.batch.Recorded;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import org.axonframework.common.transaction.TransactionManager;
import org.axonframework.config.ProcessingGroup;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.JdbcTemplate;

/// What every projection is held to: what is read from the real stores after each fact is what a plain
/// fold of the facts up to there says. Facts that the projection does not take in are given to it all
/// the same, and what is read after the next one that it does shows that they changed nothing. A
/// subclass is named after its projection ([Takers]): `HistoryOracleIT`.
public abstract class OracleContract extends Running {

    private static final int STORIES = 10;

    @Autowired
    private TransactionManager transactions;

    @Autowired
    private ElasticsearchClient elasticsearch;

    @Autowired
    protected JdbcTemplate jdbc;

    /// The bean that the processor gives facts to.
    protected abstract Object projection();

    /// One that has seen nothing.
    protected abstract Oracle oracle();

    /// Everything that the projection shows of a story, freshly read.
    protected abstract Object state(Story story);

    /// Facts of a story.
    protected abstract int length();

    @BeforeEach
    @AfterEach
    void knowsOfNoClear() {
        awaitProjections();
        Tables.empty(jdbc);
    }

    @Test
    void afterEachFactOfEveryTypeWhatIsReadIsWhatAPlainFoldSays() {
        long seed = Long.getLong("seed", System.nanoTime());
        Object projection = projection();
        Processing processing = new Processing(projection, transactions);
        Set<Class<?>> types = Takers.typesTakenInBy(
                projection.getClass().getAnnotation(ProcessingGroup.class).value());
        Set<Class<?>> missing = new HashSet<>(types);
        assertThat(missing).isNotEmpty();
        for (int number = 0; number < STORIES && !missing.isEmpty(); number++) {
            Tables.empty(jdbc);
            Oracle oracle = oracle();
            Story story = Story.tell(seed + number, UUID.randomUUID().toString(), length());
            for (TrackedEventMessage<?> message : story.facts()) {
                processing.process(List.of(message), 1);
                oracle.apply(recorded(message));
                if (types.contains(message.getPayloadType())
                        || message == story.facts().getLast()) {
                    assertThat(state(story))
                            .as("seed %d, after %s", seed + number, message.getPayload())
                            .isEqualTo(oracle.state());
                }
                missing.remove(message.getPayloadType());
            }
        }
        assertThat(missing).as("types that no story tells of").isEmpty();
    }

    private static Recorded<Fact> recorded(TrackedEventMessage<?> message) {
        return new Recorded<>(
                (Fact) message.getPayload(),
                message.trackingToken().position().orElseThrow(),
                ((DomainEventMessage<?>) message).getSequenceNumber(),
                message.getTimestamp());
    }

    /// The whole documents of a story's conversations by their ids, in the form of [Oracle#plain].
    protected Map<String, Object> documents(String index, Story story) {
        List<FieldValue> conversations = story.conversations().stream()
                .map(conversation -> FieldValue.of(conversation.toString()))
                .toList();
        try {
            elasticsearch.indices().refresh(refresh -> refresh.index(index));
            Map<String, Object> documents = new TreeMap<>();
            for (Hit<Object> hit : elasticsearch
                    .search(
                            search -> search.index(index)
                                    .size(2 * length())
                                    .query(query -> query.terms(terms ->
                                            terms.field("conversation").terms(values -> values.value(conversations)))),
                            Object.class)
                    .hits()
                    .hits()) {
                documents.put(hit.id(), Oracle.plain(hit.source()));
            }
            return documents;
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
