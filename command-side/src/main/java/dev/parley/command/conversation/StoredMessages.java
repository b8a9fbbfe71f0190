package dev.parley.command.conversation;

import dev.parley.messages.ConversationId;
import org.jspecify.annotations.Nullable;

/// Messages that a conversation does not remember any more. Thread-safe.
interface StoredMessages {

    /// Reads one event, whatever it is.
    ///
    /// @param seq its number in the conversation
    /// @return null for one that does not exist
    /// @throws RuntimeException if the store cannot be read now
    @Nullable
    Object at(ConversationId conversation, long seq);
}
