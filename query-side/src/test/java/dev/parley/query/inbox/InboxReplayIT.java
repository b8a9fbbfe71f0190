package dev.parley.query.inbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.messages.ConversationId;
import dev.parley.messages.conversation.ConversationEvent.MessageSent;
import dev.parley.testing.Processing;
import dev.parley.testing.Running;
import dev.parley.testing.Story;
import dev.parley.testing.Tables;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.axonframework.common.transaction.TransactionManager;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.JdbcTemplate;

/// State built fact by fact equals state built in batches with any prefix repeated.
class InboxReplayIT extends Running {

    private static final int LENGTH = 150;

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

    private List<String> state(Story story) {
        UUID[] conversations =
                story.conversations().stream().map(ConversationId::value).toArray(UUID[]::new);
        return List.of(
                story.named(jdbc.queryForList(
                                "select * from query_side.conversation where id = any (?) order by started_position",
                                (Object) conversations)
                        .toString()),
                story.named(jdbc.queryForList(
                                "select * from query_side.member where conversation = any (?)"
                                        + " order by from_position, conversation",
                                (Object) conversations)
                        .toString()),
                jdbc.queryForList("select username, display_name, position from query_side.account order by username")
                        .toString());
    }
}
