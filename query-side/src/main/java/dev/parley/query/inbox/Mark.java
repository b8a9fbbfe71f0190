package dev.parley.query.inbox;

import dev.parley.messages.AccountId;
import dev.parley.messages.ConversationId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// What facts of one member say about a row of `query_side.mark`; null where they say nothing.
///
/// @param delivered the place up to which a device has everything, at most the newest
/// @param read the place up to which it has read
/// @param shared whether the other members may see any of it
/// @param position of the last of these facts
record Mark(
        Member member,
        @Nullable Long delivered,
        @Nullable Long read,
        @Nullable Boolean shared,
        @Nullable Muting muting,
        long position) {

    record Member(ConversationId conversation, AccountId account) {}

    /// @param until null for ever
    record Muting(boolean muted, @Nullable Instant until) {

        static final Muting NONE = new Muting(false, null);
    }

    /// Both, one after the other.
    Mark then(Mark later) {
        return new Mark(
                member,
                furthest(delivered, later.delivered),
                furthest(read, later.read),
                later.shared == null ? shared : later.shared,
                later.muting == null ? muting : later.muting,
                later.position);
    }

    private static @Nullable Long furthest(@Nullable Long one, @Nullable Long other) {
        if (one == null || other == null) {
            return one == null ? other : one;
        }
        return (Long) Math.max(one, other);
    }
}
