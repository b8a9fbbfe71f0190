package dev.parley.query.inbox;

import dev.parley.messages.AccountId;
import dev.parley.messages.ConversationId;
import dev.parley.messages.MessageId;
import dev.parley.messages.conversation.ConversationKind;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A row of `query_side.conversation`: everything the inbox knows of a conversation but its members.
///
/// @param startedPosition where it was started: who joined there sees all of it
/// @param lastPosition the last fact this row knows; facts up to it are repeats
/// @param lastActivity when that fact was stored
/// @param sent messages its members sent, which count as unread until they are read
/// @param imported messages taken over from an archive, which never do
record ConversationRow(
        ConversationId id,
        ConversationKind kind,
        @Nullable String title,
        long startedPosition,
        long lastPosition,
        long lastSeq,
        Instant lastActivity,
        @Nullable LastMessage lastMessage,
        long sent,
        long imported) {

    /// @param excerpt the start of its body
    record LastMessage(MessageId id, AccountId sender, String excerpt, long seq, Instant at) {}

    ConversationRow after(long position, long seq, Instant storedAt) {
        return new ConversationRow(
                id, kind, title, startedPosition, position, seq, storedAt, lastMessage, sent, imported);
    }

    ConversationRow with(LastMessage message, int moreSent, int moreImported) {
        return new ConversationRow(
                id,
                kind,
                title,
                startedPosition,
                lastPosition,
                lastSeq,
                lastActivity,
                message,
                sent + moreSent,
                imported + moreImported);
    }
}
