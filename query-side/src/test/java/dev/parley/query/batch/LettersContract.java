package dev.parley.query.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Set;
import org.axonframework.eventhandling.EventMessage;
import org.junit.jupiter.api.Test;

/// What keeps dead letters does.
public interface LettersContract {

    Letters letters();

    /// A new fact of one of some sequences, which nobody else uses.
    EventMessage<?> fact(int sequence);

    /// Does something in one transaction.
    void together(Runnable work);

    private String sequence(int number) {
        return letters().sequence(fact(number));
    }

    @Test
    default void factsOfOneSequenceAreOfOneSequence() {
        assertThat(sequence(1)).isEqualTo(sequence(1)).isNotEqualTo(sequence(2));
    }

    @Test
    default void aSequenceWaitsFromItsFirstFailureOn() {
        Set<String> both = Set.of(sequence(1), sequence(2));
        together(() -> assertThat(letters().waiting(both)).isEmpty());
        together(() -> letters().addFailed(fact(1), new UnprojectableException("no")));
        together(() -> assertThat(letters().waiting(both)).containsExactly(sequence(1)));
        together(() -> {
            letters().addBehind(fact(1));
            assertThat(letters().waiting(both)).containsExactly(sequence(1));
        });
    }

    @Test
    default void aFailureIsSeenWithinItsTransaction() {
        together(() -> {
            letters().addFailed(fact(1), new UnprojectableException("no"));
            assertThat(letters().waiting(Set.of(sequence(1)))).containsExactly(sequence(1));
        });
    }

    @Test
    default void aPieceThatFailsIsUndoneAndWhatWasBeforeItStays() {
        Set<String> both = Set.of(sequence(1), sequence(2));
        UnprojectableException failure = new UnprojectableException("no");
        together(() -> {
            letters().undoably(() -> letters().addFailed(fact(1), failure));
            assertThatThrownBy(() -> letters().undoably(() -> {
                        letters().addFailed(fact(2), failure);
                        throw failure;
                    }))
                    .isSameAs(failure);
            assertThat(letters().waiting(both)).containsExactly(sequence(1));
        });
        together(() -> assertThat(letters().waiting(both)).containsExactly(sequence(1)));
    }
}
