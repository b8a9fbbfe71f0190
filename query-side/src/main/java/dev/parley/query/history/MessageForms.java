package dev.parley.query.history;

import dev.parley.messages.conversation.ConversationEvent.MessageImported;
import dev.parley.messages.conversation.ConversationEvent.MessageSent;
import org.springframework.data.elasticsearch.core.document.Document;

/// What other indexes of messages need to be searched in the same language: the same documents under the same mapping.
public final class MessageForms {

    private MessageForms() {}

    public static MessageDocument of(MessageSent sent, long position, long seq) {
        return MessageDocument.of(sent, position, seq);
    }

    public static MessageDocument of(MessageImported imported, long position, long seq) {
        return MessageDocument.of(imported, position, seq);
    }

    /// Of the current generation; the caller's to change.
    public static Document mapping() {
        return MessageIndex.json("mapping");
    }

    public static Document settings() {
        return MessageIndex.json("settings");
    }
}
