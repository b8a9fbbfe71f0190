package dev.parley.query.inbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.messages.Fact;
import dev.parley.messages.conversation.ConversationEvent;
import dev.parley.messages.member.MemberEvent;
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
import java.util.stream.Stream;
import org.axonframework.common.transaction.TransactionManager;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.JdbcTemplate;

/// What is read from the tables after each fact is what a plain fold of the facts up to there says.
class InboxOracleIT extends Running {

    private static final int LENGTH = 300;
    private static final int STORIES = 10;

    @Autowired
    private InboxProjection projection;

    @Autowired
    private TransactionManager transactions;

    @Autowired
    private JdbcTemplate jdbc;

    @BeforeEach
    @AfterEach
    void knowsOfNoClear() {
        awaitProjections();
        Tables.empty(jdbc);
    }

    @Test
    void afterEachFactOfEveryTypeTheTablesSayWhatAPlainFoldSays() {
        long seed = Long.getLong("seed", System.nanoTime());
        Processing processing = new Processing(projection, transactions);
        Set<Class<?>> missing = new HashSet<>(Stream.of(ConversationEvent.class, MemberEvent.class)
                .flatMap(family -> Arrays.stream(family.getPermittedSubclasses()))
                .toList());
        for (int story = 0; story < STORIES && !missing.isEmpty(); story++) {
            Tables.empty(jdbc);
            InboxOracle oracle = new InboxOracle();
            for (TrackedEventMessage<?> message : Story.tell(
                            seed + story, UUID.randomUUID().toString(), LENGTH)
                    .facts()) {
                processing.process(List.of(message), 1);
                oracle.apply((Fact) message.getPayload(), ((DomainEventMessage<?>) message).getSequenceNumber());
                assertThat(state())
                        .as("seed %d, after %s", seed + story, message.getPayload())
                        .isEqualTo(oracle.state());
                missing.remove(message.getPayloadType());
            }
        }
        assertThat(missing).as("types that no story tells of").isEmpty();
    }

    private Set<String> state() {
        Set<String> state = new TreeSet<>();
        jdbc.query(
                "select id, title, topic, history, last_seq, sent, imported, message, message_excerpt"
                        + " from query_side.conversation",
                row -> {
                    Object[] columns = new Object[9];
                    for (int i = 0; i < columns.length; i++) {
                        columns[i] = row.getObject(i + 1);
                    }
                    state.add(InboxOracle.conversation(columns));
                });
        jdbc.query(
                "select conversation || ' has ' || account || ' as ' || role from query_side.member"
                        + " where to_position is null",
                row -> {
                    state.add(row.getString(1));
                });
        jdbc.query("select conversation || ' ' || account, muted, delivered_seq from query_side.mark", row -> {
            if (row.getBoolean(2)) {
                state.add(row.getString(1) + " muted");
            }
            if (row.getObject(3) != null) {
                state.add(row.getString(1) + " delivered " + row.getLong(3));
            }
        });
        return state;
    }
}
