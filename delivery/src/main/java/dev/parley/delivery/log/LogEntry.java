package dev.parley.delivery.log;

import dev.parley.delivery.frames.EventFrames;
import dev.parley.delivery.membership.MembershipChange;
import dev.parley.messages.AccountId;
import dev.parley.messages.ConversationId;
import org.jspecify.annotations.Nullable;

/// One event of a conversation or of one of its members, encoded once for all sockets of this node.
///
/// @param position the event's global index in the store
/// @param seq the event's place in its conversation; -1 for a fact about a member
/// @param bearing what it has to do with who gets what
/// @param frame the whole `event` frame as JSON
public record LogEntry(long position, ConversationId conversation, long seq, Bearing bearing, String frame) {

    /// Objects and references around the text, roughly.
    private static final int OVERHEAD = 192;

    /// Who sent this message; null for anything else.
    public @Nullable AccountId author() {
        return bearing instanceof Bearing.Content content ? content.author() : null;
    }

    /// What it changes about who is a member; null for most events.
    public @Nullable MembershipChange change() {
        return bearing instanceof Bearing.Members members ? members.change() : null;
    }

    /// Whether its frame shows what this message says.
    ///
    /// @param message its place in the conversation
    public boolean shows(long message) {
        return bearing instanceof Bearing.Content content && content.message() == message;
    }

    /// The same event of a message that was deleted: nothing of what it said is left.
    public LogEntry redacted() {
        return new LogEntry(position, conversation, seq, bearing, EventFrames.redacted(frame));
    }

    /// What it costs in memory, in bytes: an estimate from above, since Java keeps Latin-1 text in one byte a
    /// character.
    public long weight() {
        return OVERHEAD + 2L * frame.length();
    }
}
