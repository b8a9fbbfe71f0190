package dev.parley.query.history;

import dev.parley.messages.ConversationId;
import dev.parley.messages.MessageId;

/// The id of a message's document.
final class MessageKey {

    private MessageKey() {}

    static String of(ConversationId conversation, MessageId message) {
        return conversation + ":" + message;
    }
}
