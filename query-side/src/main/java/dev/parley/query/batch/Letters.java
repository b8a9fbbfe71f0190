package dev.parley.query.batch;

import java.util.Collection;
import java.util.Set;
import org.axonframework.eventhandling.EventMessage;

/// The dead letters of one processor: facts that it cannot project, and behind each of them the later facts of its
/// sequence, which must not overtake it. Calls take part in the transaction of the batch.
public interface Letters {

    /// The resource of a unit of work under which a batch finds them.
    String KEY = Letters.class.getName();

    /// The sequence that a fact belongs to: facts of one are projected in the order of the store.
    String sequence(EventMessage<?> fact);

    /// Which of these sequences have letters. Those that are returned stay as they are until the transaction ends.
    Set<String> waiting(Collection<String> sequences);

    /// Puts a fact that fails by itself at the end of its sequence.
    ///
    /// @throws RuntimeException when there is no room: the batch fails then, and comes again
    void addFailed(EventMessage<?> fact, Throwable cause);

    /// Puts a fact at the end of its sequence, which has letters.
    ///
    /// @throws RuntimeException when there is no room: the batch fails then, and comes again
    void addBehind(EventMessage<?> fact);

    /// Does work that is undone in the database when it throws, while what was done before it stays.
    void undoably(Runnable work);
}
