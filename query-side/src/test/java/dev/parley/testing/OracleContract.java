package dev.parley.testing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.messages.Fact;
import dev.parley.messages.serialization.FactNames;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.axonframework.common.transaction.TransactionManager;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.JdbcTemplate;

/// What every projection does: after each fact, of whichever type, what is read is what a plain fold of the facts up to
/// there says. It fails for a type of fact that no [Story] tells of.
public abstract class OracleContract extends Running {

    private static final int LENGTH = 200;
    private static final int STORIES = 10;

    @Autowired
    protected JdbcTemplate jdbc;

    @Autowired
    private TransactionManager transactions;

    /// The same, told the plain way: one object changed by one fact after the other.
    public interface Fold {

        /// @param seq its place in its stream
        void apply(Fact fact, long position, long seq);

        /// Lines of text, each once.
        Set<String> state();
    }

    protected abstract Object projection();

    protected abstract Fold fold();

    /// What the projection made of a story, as the fold has it.
    protected abstract Set<String> read(Story story);

    @BeforeEach
    @AfterEach
    void knowsOfNoClear() {
        awaitProjections();
        Tables.empty(jdbc);
    }

    @Test
    void afterEachFactOfEveryTypeWhatIsReadIsWhatAPlainFoldSays() {
        long seed = Long.getLong("seed", System.nanoTime());
        Processing processing = new Processing(projection(), transactions);
        Set<Class<?>> missing = new HashSet<>(FactNames.all().keySet());
        for (int number = 0; number < STORIES && !missing.isEmpty(); number++) {
            Tables.empty(jdbc);
            Fold fold = fold();
            Story story = Story.tell(seed + number, UUID.randomUUID().toString(), LENGTH);
            for (TrackedEventMessage<?> message : story.facts()) {
                processing.process(List.of(message), 1);
                fold.apply(
                        (Fact) message.getPayload(),
                        message.trackingToken().position().orElseThrow(),
                        ((DomainEventMessage<?>) message).getSequenceNumber());
                assertThat(read(story))
                        .as("seed %d, after %s", seed + number, message.getPayload())
                        .isEqualTo(fold.state());
                missing.remove(message.getPayloadType());
            }
        }
        assertThat(missing).as("types that no story tells of").isEmpty();
    }
}
