package dev.parley.query.inbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.messages.conversation.ConversationEvent.MessageSent;
import dev.parley.testing.Processing;
import dev.parley.testing.Running;
import dev.parley.testing.Story;
import dev.parley.testing.Tables;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.stream.Stream;
import org.axonframework.common.transaction.TransactionManager;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.RowCallbackHandler;

/// State built fact by fact equals state built in batches with any prefix repeated.
class InboxReplayIT extends Running {

    private static final int LENGTH = 250;

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
    void repeatedFactsChangeNothingWhateverTheBatches() {
        long seed = Long.getLong("seed", System.nanoTime());
        Random random = new Random(seed);
        Processing processing = new Processing(projection, transactions);
        Story once = Story.tell(seed, UUID.randomUUID().toString(), LENGTH);
        processing.process(once.facts(), 1);
        List<String> expected = state(once);

        for (int run = 0; run < 5; run++) {
            Story again = Story.tell(seed, UUID.randomUUID().toString(), LENGTH);
            Tables.empty(jdbc);
            List<TrackedEventMessage<?>> prefix = again.facts().subList(0, random.nextInt(LENGTH));
            processing.process(prefix, 1 + random.nextInt(60));
            processing.process(prefix, 1 + random.nextInt(60));
            processing.process(again.facts(), 1 + random.nextInt(60));
            assertThat(state(again)).as("seed %d", seed).isEqualTo(expected);
        }
    }

    @Test
    void aConversationThatNeverStartedStopsTheInbox() {
        List<TrackedEventMessage<?>> headless = Story.tell(1, UUID.randomUUID().toString(), LENGTH).facts().stream()
                .filter(message -> message.getPayload() instanceof MessageSent)
                .limit(1)
                .toList();
        Processing processing = new Processing(projection, transactions);
        assertThatThrownBy(() -> processing.process(headless, 1))
                .hasCauseInstanceOf(IllegalStateException.class)
                .rootCause()
                .hasMessageContaining("was not started");
    }

    @Test
    void unreadIsWhatCountingFactByFactGives() {
        long seed = Long.getLong("seed", System.nanoTime());
        Random random = new Random(seed);
        Processing processing = new Processing(projection, transactions);
        for (int run = 0; run < 3; run++) {
            Story story = Story.tell(seed + run, UUID.randomUUID().toString(), LENGTH);
            Tables.empty(jdbc);
            processing.process(story.facts(), 1 + random.nextInt(60));
            assertThat(unread()).as("seed %d", seed + run).isEqualTo(UnreadOracle.of(story.facts()));
        }
    }

    private Map<String, Long> unread() {
        Map<String, Long> unread = new HashMap<>();
        jdbc.query(
                "select m.conversation, m.account, c.sent - m.read_sent from query_side.member m"
                        + " join query_side.conversation c on c.id = m.conversation where m.to_position is null",
                (RowCallbackHandler) row -> unread.put(row.getString(1) + "." + row.getString(2), row.getLong(3)));
        return unread;
    }

    private List<String> state(Story story) {
        return Stream.of("conversation", "member", "sent_run", "mark", "mention", "account")
                .flatMap(table -> jdbc.queryForList("select * from query_side." + table).stream()
                        .map(row -> table + " " + story.named(row.toString())))
                .sorted()
                .toList();
    }
}
