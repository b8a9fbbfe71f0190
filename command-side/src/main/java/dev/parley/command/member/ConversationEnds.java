package dev.parley.command.member;

import dev.parley.messages.ConversationId;

/// How long conversations are now.
interface ConversationEnds {

    /// The `seq` of its newest event; -1 for a conversation that is not there. It asks the event store.
    long last(ConversationId conversation);
}
