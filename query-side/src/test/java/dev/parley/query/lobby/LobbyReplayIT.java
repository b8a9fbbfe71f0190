package dev.parley.query.lobby;

import static org.assertj.core.api.Assertions.assertThat;

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
class LobbyReplayIT extends Running {

    private static final int LENGTH = 300;

    @Autowired
    private LobbyProjection projection;

    @Autowired
    private LobbyTables tables;

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
        List<TrackedEventMessage<?>> story =
                Story.tell(seed, UUID.randomUUID().toString(), LENGTH).facts();
        processing.process(story, 1);
        List<LobbyTables.Row> expected = tables.games();
        assertThat(expected).as("seed %d", seed).isNotEmpty();

        for (int run = 0; run < 5; run++) {
            Tables.empty(jdbc);
            List<TrackedEventMessage<?>> prefix = story.subList(0, random.nextInt(LENGTH));
            processing.process(prefix, 1 + random.nextInt(60));
            processing.process(prefix, 1 + random.nextInt(60));
            processing.process(story, 1 + random.nextInt(60));
            assertThat(tables.games()).as("seed %d", seed).isEqualTo(expected);
        }
    }
}
