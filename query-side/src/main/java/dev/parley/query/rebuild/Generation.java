package dev.parley.query.rebuild;

import dev.parley.messages.Fact;
import dev.parley.query.batch.Recorded;
import java.util.List;

/// One generation of a projection while it is filled, compared and put in place. Its tables are created, moved and
/// dropped for it; what it keeps elsewhere is its own business. Used by one thread.
///
/// A method that fails for a reason that passes, such as a server that is down, is called again. Any other failure ends
/// the rebuild.
public interface Generation {

    /// Makes room for it outside of its tables, which are there and empty.
    default void begin() {}

    /// Takes in the facts, and what they let expect, in the caller's transaction. They can come again.
    void write(List<Recorded<Fact>> facts);

    /// Lets readers and [#verify] see all that was written.
    default void settle() {}

    /// Compares all of it with what the facts let expect.
    Verification verify();

    /// Compares what was written since the last comparison.
    Verification verifyChanged();

    /// Makes it the one that is read, outside of its tables, which were moved already: the last step before the commit,
    /// which may fail. So it can be repeated, and the one that was read until then must still be there.
    default void publish() {}

    /// Whether [#publish] was done and the commit after it failed.
    default boolean isPublished() {
        return false;
    }

    /// Removes what [#publish] replaced, or nothing.
    default void retire() {}

    /// Removes what is outside of its tables of a generation that is not read.
    default void discard() {}
}
