package dev.parley.query.rebuild;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.messages.Fact;
import dev.parley.messages.conversation.ConversationEvent.ReactionAdded;
import dev.parley.messages.conversation.ConversationEvent.ReactionRemoved;
import dev.parley.query.QuerySideConfiguration;
import dev.parley.query.batch.Recorded;
import dev.parley.testing.Running;
import dev.parley.testing.Story;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;

/// What is worked out from the facts and what projections write are two tellings of the same: they agree about any
/// history.
class RebuildOracleIT extends Running {

    private static final int LENGTH = 300;
    private static final int NUMBER = 1_000_000;

    @Autowired
    private Rebuilds rebuilds;

    @Autowired
    private RebuildWork work;

    @BeforeEach
    void nobodyElseRemovesGenerations() {
        awaitProjections();
        rebuilds.stop();
    }

    @AfterEach
    void theNodeWorksOnRebuilds() {
        rebuilds.start();
    }

    @ParameterizedTest
    @ValueSource(strings = {"inbox", "lobby", "said", "history"})
    void noGenerationOfAnyHistoryIsRefusedWithoutReason(String name) {
        long seed = Long.getLong("seed", System.nanoTime());
        Rebuildable projection = Objects.requireNonNull(rebuilds.projections().get(name));
        for (int run = 0; run < 4; run++) {
            Random random = new Random(seed + run);
            List<Recorded<Fact>> facts = facts(seed + run, projection);
            Generation generation = work.generation(projection, NUMBER);
            work.inTransaction(() -> work.tables().create(projection, NUMBER));
            generation.begin();

            int half = facts.size() / 3 + random.nextInt(facts.size() / 2);
            write(generation, facts.subList(0, half), random);
            generation.settle();
            assertThat(generation.verify().differing())
                    .as("all, seed %d", seed + run)
                    .isEmpty();
            write(generation, facts.subList(half, facts.size()), random);
            generation.settle();
            assertThat(generation.verifyChanged().differing())
                    .as("what changed, seed %d", seed + run)
                    .isEmpty();
            assertThat(generation.verify().differing())
                    .as("in the end, seed %d", seed + run)
                    .isEmpty();
            generation.discard();
        }
        work.tables().drop(projection);
    }

    /// In batches of any size, some of which are lost after they were written, and come again.
    private void write(Generation generation, List<Recorded<Fact>> facts, Random random) {
        for (int from = 0; from < facts.size(); ) {
            int to = Math.min(facts.size(), from + 1 + random.nextInt(80));
            List<Recorded<Fact>> batch = facts.subList(from, to);
            if (random.nextInt(4) == 0) {
                IllegalStateException lost = new IllegalStateException("The connection is lost");
                assertThatThrownBy(() -> work.inTransaction(() -> {
                            generation.write(batch);
                            throw lost;
                        }))
                        .isSameAs(lost);
            }
            work.inTransaction(() -> generation.write(batch));
            from = to;
        }
    }

    /// For history without reactions that no conversation lets through: nobody reacts twice, or takes back
    /// what is not there.
    private static List<Recorded<Fact>> facts(long seed, Rebuildable projection) {
        List<Recorded<Fact>> facts = new ArrayList<>();
        Set<String> reactions = new HashSet<>();
        for (TrackedEventMessage<?> message :
                Story.tell(seed, UUID.randomUUID().toString(), LENGTH).facts()) {
            boolean happens = switch (message.getPayload()) {
                case ReactionAdded on -> reactions.add(on.message() + " " + on.account() + " " + on.reaction());
                case ReactionRemoved off ->
                    reactions.remove(off.message() + " " + off.account() + " " + off.reaction());
                default -> true;
            };
            if ((happens || !projection.projection().equals(QuerySideConfiguration.HISTORY))
                    && projection.keeps(message.getPayloadType())) {
                facts.add(new Recorded<>(
                        (Fact) message.getPayload(),
                        message.trackingToken().position().orElseThrow(),
                        ((DomainEventMessage<?>) message).getSequenceNumber(),
                        message.getTimestamp()));
            }
        }
        return facts;
    }
}
