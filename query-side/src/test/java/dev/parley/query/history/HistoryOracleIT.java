package dev.parley.query.history;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.messages.ConversationId;
import dev.parley.messages.Fact;
import dev.parley.messages.conversation.ConversationEvent;
import dev.parley.testing.Processing;
import dev.parley.testing.Running;
import dev.parley.testing.Story;
import dev.parley.testing.Tables;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.axonframework.common.transaction.TransactionManager;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.data.domain.PageRequest;
import org.springframework.data.elasticsearch.client.elc.NativeQuery;
import org.springframework.data.elasticsearch.core.ElasticsearchOperations;
import org.springframework.jdbc.core.JdbcTemplate;

/// What is read from index and table after each fact is what a plain fold of the facts up to there says.
class HistoryOracleIT extends Running {

    private static final int LENGTH = 200;
    private static final int STORIES = 10;

    @Autowired
    private HistoryProjection projection;

    @Autowired
    private TransactionManager transactions;

    @Autowired
    private ElasticsearchOperations elasticsearch;

    @Autowired
    private JdbcTemplate jdbc;

    @BeforeEach
    @AfterEach
    void knowsOfNoClear() {
        awaitProjections();
        Tables.empty(jdbc);
    }

    @Test
    void afterEachFactOfEveryTypeIndexAndTableSayWhatAPlainFoldSays() {
        long seed = Long.getLong("seed", System.nanoTime());
        Processing processing = new Processing(projection, transactions);
        Set<Class<?>> missing = new HashSet<>(Arrays.asList(ConversationEvent.class.getPermittedSubclasses()));
        for (int number = 0; number < STORIES && !missing.isEmpty(); number++) {
            Tables.empty(jdbc);
            HistoryOracle oracle = new HistoryOracle();
            Story story = Story.tell(seed + number, UUID.randomUUID().toString(), LENGTH);
            for (TrackedEventMessage<?> message : story.facts()) {
                processing.process(List.of(message), 1);
                oracle.apply((Fact) message.getPayload(), ((DomainEventMessage<?>) message).getSequenceNumber());
                assertThat(state(story))
                        .as("seed %d, after %s", seed + number, message.getPayload())
                        .isEqualTo(oracle.state());
                missing.remove(message.getPayloadType());
            }
        }
        assertThat(missing).as("types that no story tells of").isEmpty();
    }

    private Set<String> state(Story story) {
        elasticsearch.indexOps(MessageDocument.class).refresh();
        Set<String> state = new TreeSet<>();
        for (ConversationId conversation : story.conversations()) {
            NativeQuery query = NativeQuery.builder()
                    .withQuery(Visible.conversation(conversation))
                    .withPageable(PageRequest.of(0, LENGTH))
                    .build();
            elasticsearch.search(query, MessageDocument.class).stream()
                    .map(hit -> hit.getContent())
                    .forEach(document -> state.add(document.id() + " " + document.seq() + " "
                            + (document.isDeleted() ? "deleted" : document.body())));
        }
        jdbc.query(
                "select conversation || ':' || message || ' ' || reaction || ' ' || account"
                        + " from query_side.reaction where not removed",
                row -> {
                    state.add(row.getString(1));
                });
        return state;
    }
}
