package dev.parley.command.conversation;

import dev.parley.messages.conversation.Accepted;
import dev.parley.messages.conversation.ConversationEvent;

/// What comes of a request about a message that is not refused.
sealed interface Decision {

    /// The id was accepted before with the same content: the same answer again.
    record Repeated(Accepted accepted) implements Decision {}

    /// It is so already; nothing is stored.
    record Unchanged() implements Decision {}

    /// To be stored.
    record News(ConversationEvent event) implements Decision {}
}
