package dev.parley.delivery.deletion;

import dev.parley.messages.ConversationId;
import java.util.BitSet;

/// The deleted messages of all conversations, as far as the projection has come.
public interface DeletionStore {

    /// The last position whose deletions are surely in [#deleted]; -1 for none. Read it *before* reading those.
    long position();

    /// Which of a run of places in a conversation hold deleted messages.
    ///
    /// @param first the place that bit 0 stands for
    /// @param count of places
    BitSet deleted(ConversationId conversation, long first, int count);

    /// Notes that a message was deleted. Repeated, it changes nothing.
    ///
    /// @param message its place in the conversation
    /// @param position of the fact that says so
    void delete(ConversationId conversation, long message, long position);

    /// Forgets deletions before a position. Repeated, it changes nothing.
    void clear(long position);
}
