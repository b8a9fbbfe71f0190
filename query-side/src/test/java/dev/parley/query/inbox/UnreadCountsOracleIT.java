package dev.parley.query.inbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.messages.Fact;
import dev.parley.messages.query.Unread;
import dev.parley.query.batch.Recorded;
import dev.parley.testing.Processing;
import dev.parley.testing.Running;
import dev.parley.testing.Story;
import dev.parley.testing.Tables;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;
import org.axonframework.common.transaction.TransactionManager;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.JdbcTemplate;

/// What badges count, after random facts, is what a plain fold of them says.
class UnreadCountsOracleIT extends Running {

    private static final int STORIES = 6;
    private static final int LENGTH = 400;

    @Autowired
    private InboxProjection projection;

    @Autowired
    private UnreadCounts unread;

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
    void afterRandomFactsEachAccountHasTheCountOfAPlainFold() {
        long seed = Long.getLong("seed", System.nanoTime());
        Set<Integer> seen = new TreeSet<>();
        for (int number = 0; number < STORIES; number++) {
            Random random = new Random(seed + number);
            Processing processing = new Processing(projection, transactions);
            Story story = Story.tell(seed + number, UUID.randomUUID().toString(), LENGTH);
            Tables.empty(jdbc);
            InboxOracle oracle = new InboxOracle();
            for (int from = 0; from < LENGTH; ) {
                int to = Math.min(LENGTH, from + 1 + random.nextInt(12));
                List<TrackedEventMessage<?>> batch = story.facts().subList(from, to);
                processing.process(batch, batch.size());
                batch.forEach(message -> oracle.apply(recorded(message)));
                assertThat(unread.count(new HashSet<>(story.accounts())).stream()
                                .collect(Collectors.toMap(Unread.Count::account, Unread.Count::conversations)))
                        .as("seed %d, after %d facts", seed + number, to)
                        .isEqualTo(oracle.badges());
                seen.addAll(oracle.badges().values());
                from = to;
            }
        }
        assertThat(seen).as("stories tell of several counts").hasSizeGreaterThan(2);
    }

    private static Recorded<Fact> recorded(TrackedEventMessage<?> message) {
        return new Recorded<>(
                (Fact) message.getPayload(),
                message.trackingToken().position().orElseThrow(),
                ((DomainEventMessage<?>) message).getSequenceNumber(),
                message.getTimestamp());
    }
}
