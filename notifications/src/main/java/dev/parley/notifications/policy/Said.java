package dev.parley.notifications.policy;

import dev.parley.messages.ConversationId;
import dev.parley.messages.MessageId;
import dev.parley.messages.conversation.ConversationEvent.MessageDeleted;
import dev.parley.messages.conversation.ConversationEvent.MessageEdited;
import dev.parley.messages.conversation.ConversationEvent.MessageSent;
import dev.parley.notifications.outbox.MessageTable.Edited;
import dev.parley.notifications.outbox.Withdrawn;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What was said, said differently and taken back in one batch. Used by one thread.
record Said(List<Sent> sent, Map<Key, Edited> edits, Map<Key, Withdrawn> deletions) {

    Said() {
        this(new ArrayList<>(), new LinkedHashMap<>(), new LinkedHashMap<>());
    }

    record Sent(MessageSent message, long seq, long position) {}

    /// Ids are unique in their conversation.
    record Key(ConversationId conversation, MessageId message) {}

    void edit(MessageEdited edit, long position) {
        edits.put(
                new Key(edit.conversation(), edit.message()),
                new Edited(edit.conversation(), edit.message(), edit.body(), position));
    }

    void delete(MessageDeleted deletion, long position) {
        deletions.putIfAbsent(
                new Key(deletion.conversation(), deletion.message()),
                new Withdrawn(
                        deletion.conversation(),
                        null,
                        deletion.message(),
                        deletion.messageSeq(),
                        position,
                        deletion.at()));
    }

    void clear() {
        sent.clear();
        edits.clear();
        deletions.clear();
    }
}
