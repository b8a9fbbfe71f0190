package dev.parley.query.inbox;

import dev.parley.messages.AccountId;
import dev.parley.messages.ConversationId;
import dev.parley.messages.MessageId;
import dev.parley.messages.conversation.ConversationKind;
import dev.parley.messages.conversation.HistoryVisibility;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A row of `query_side.conversation`: everything the inbox knows of a conversation but its members.
///
/// @param startedPosition where it was started: who joined there sees all of it
record ConversationRow(
        ConversationId id,
        ConversationKind kind,
        Settings settings,
        long startedPosition,
        Latest latest,
        @Nullable LastMessage lastMessage,
        Counted counted) {

    /// What its members can change about it.
    record Settings(@Nullable String title, @Nullable String topic, HistoryVisibility history) {}

    /// The last fact this row knows; facts up to it are repeats.
    ///
    /// @param at when that fact was stored
    record Latest(long position, long seq, Instant at) {}

    /// @param excerpt the start of its body; null for one that was deleted
    /// @param attachments how many
    record LastMessage(
            MessageId id, AccountId sender, @Nullable String excerpt, int attachments, Place place, Instant at) {

        LastMessage edited(String newExcerpt) {
            return excerpt == null ? this : new LastMessage(id, sender, newExcerpt, attachments, place, at);
        }

        LastMessage deleted() {
            return new LastMessage(id, sender, null, 0, place, at);
        }
    }

    /// Where a message is: in the store and in its conversation.
    record Place(long position, long seq) {}

    /// @param sent messages its members sent, which count as unread until they are read
    /// @param imported messages taken over from an archive, which never do
    /// @param running whether the last fact was a sent message
    record Counted(long sent, long imported, boolean running) {}

    /// Knows a fact that is no message.
    ConversationRow after(Latest fact) {
        Counted stopped = new Counted(counted.sent(), counted.imported(), false);
        return new ConversationRow(id, kind, settings, startedPosition, fact, lastMessage, stopped);
    }

    ConversationRow with(Settings changed) {
        return new ConversationRow(id, kind, changed, startedPosition, latest, lastMessage, counted);
    }

    ConversationRow with(@Nullable LastMessage message) {
        return new ConversationRow(id, kind, settings, startedPosition, latest, message, counted);
    }

    ConversationRow with(Counted changed) {
        return new ConversationRow(id, kind, settings, startedPosition, latest, lastMessage, changed);
    }
}
