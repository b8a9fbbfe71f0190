package dev.parley.delivery.log;

import dev.parley.delivery.membership.MembershipChange;
import dev.parley.messages.AccountId;
import dev.parley.messages.ConversationId;
import org.jspecify.annotations.Nullable;

/// One event of a conversation, encoded once for all sockets of this node.
///
/// @param position the event's global index in the store
/// @param seq the event's place in its conversation; -1 for a fact about a member
/// @param author of a message; null for anything else
/// @param change what it changes about who is a member; null for most events
/// @param frame the whole `event` frame as JSON
public record LogEntry(
        long position,
        ConversationId conversation,
        long seq,
        @Nullable AccountId author,
        @Nullable MembershipChange change,
        String frame) {

    /// Objects and references around the text, roughly.
    private static final int OVERHEAD = 160;

    /// What it costs in memory, in bytes: an estimate from above, since Java keeps Latin-1 text in one byte a
    /// character.
    public long weight() {
        return OVERHEAD + 2L * frame.length();
    }
}
