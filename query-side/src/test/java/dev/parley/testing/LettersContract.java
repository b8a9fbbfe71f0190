package dev.parley.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.query.batch.Letters;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.axonframework.eventhandling.EventMessage;
import org.junit.jupiter.api.Test;

/// What a batch may rely on of the dead letters of its processor.
public interface LettersContract {

    /// Always the same ones, of which there are none at first.
    Letters letters();

    /// @param number its place in the sequence
    EventMessage<?> fact(String sequence, long number);

    /// The numbers of the letters of a sequence, the first one first.
    List<Long> kept(String sequence);

    /// Does what a batch does, in its transaction.
    void inTransaction(Runnable batch);

    private static RuntimeException cause() {
        return new IllegalStateException("It contradicts what is known");
    }

    private Set<String> waiting(String... sequences) {
        return letters()
                .waiting(Stream.of(sequences)
                        .map(sequence -> letters().sequence(fact(sequence, 0)))
                        .toList());
    }

    @Test
    default void factsOfOneStreamAreOneSequence() {
        assertThat(letters().sequence(fact("a", 1)))
                .isEqualTo(letters().sequence(fact("a", 2)))
                .isNotEqualTo(letters().sequence(fact("b", 1)));
    }

    @Test
    default void aSequenceWaitsFromItsFirstFailureOnAndNoOtherDoes() {
        inTransaction(() -> {
            assertThat(waiting("a", "b")).isEmpty();
            letters().addFailed(fact("a", 1), cause());
            assertThat(waiting("a", "b")).containsExactly(letters().sequence(fact("a", 1)));
            assertThat(waiting("b")).isEmpty();
        });
        inTransaction(() -> assertThat(waiting("a", "b")).hasSize(1));
    }

    @Test
    default void lettersStayInTheOrderInWhichTheyCame() {
        inTransaction(() -> {
            letters().addFailed(fact("a", 1), cause());
            letters().addFailed(fact("b", 7), cause());
            letters().addBehind(fact("a", 2));
        });
        inTransaction(() -> letters().addBehind(fact("a", 3)));
        assertThat(kept("a")).containsExactly(1L, 2L, 3L);
        assertThat(kept("b")).containsExactly(7L);
    }

    @Test
    default void workThatFailsIsUndoneAndWhatWasDoneBeforeItStays() {
        RuntimeException failure = cause();
        inTransaction(() -> {
            letters().addFailed(fact("a", 1), cause());
            assertThatThrownBy(() -> letters().undoably(() -> {
                        letters().addFailed(fact("b", 1), cause());
                        throw failure;
                    }))
                    .isSameAs(failure);
            letters().undoably(() -> letters().addBehind(fact("a", 2)));
        });
        assertThat(kept("a")).containsExactly(1L, 2L);
        assertThat(kept("b")).isEmpty();
    }
}
