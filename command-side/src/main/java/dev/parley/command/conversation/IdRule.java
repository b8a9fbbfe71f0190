package dev.parley.command.conversation;

import dev.parley.command.dispatch.Refusal;
import dev.parley.messages.AccountId;
import dev.parley.messages.MessageId;
import dev.parley.messages.Rejection;
import dev.parley.messages.RejectionCode;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// The rule of ids that clients make, the same for messages and edits: none is stored twice.
final class IdRule {

    /// How far a client's clock may be ahead: an id is refused beyond it, because ids of the far future would fill
    /// the window of [RecentMessages] until their time has come.
    static final Duration CLOCK_SKEW = Duration.ofDays(1);

    private IdRule() {}

    /// @param hash of the content that the id is to stand for
    /// @return its first acceptance for a repeat; null for a new id
    /// @throws Refusal `message-id-reused`, `message-id-expired`, or `invalid` for one of the far future
    static @Nullable Recent repeated(ConversationState state, MessageId id, AccountId by, String hash, Instant at) {
        Recent before = state.recent().find(id);
        if (before == null) {
            requireNew(state, id, at);
        } else if (!before.says(by, hash)) {
            throw new Refusal(
                    new Rejection(RejectionCode.MESSAGE_ID_REUSED, "This id was used with other content", "id"));
        }
        return before;
    }

    /// Whether an id that is not in the window may have been accepted or imported.
    static boolean isOld(ConversationState state, MessageId id) {
        Imported imported = state.imported();
        boolean amongImported = imported != null && RecentMessages.BY_TIME.compare(id, imported.highest()) <= 0;
        return amongImported || state.recent().isExpired(id);
    }

    private static void requireNew(ConversationState state, MessageId id, Instant at) {
        if (id.unixMillis() > at.plus(CLOCK_SKEW).toEpochMilli()) {
            throw new Refusal(Rejection.invalid("id", "The time in the id is more than a day ahead"));
        }
        if (isOld(state, id)) {
            throw new Refusal(new Rejection(
                    RejectionCode.MESSAGE_ID_EXPIRED, "The id is too old to tell whether it was used before", "id"));
        }
    }
}
