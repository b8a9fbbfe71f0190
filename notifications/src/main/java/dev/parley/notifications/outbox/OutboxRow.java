package dev.parley.notifications.outbox;

import dev.parley.messages.ConversationId;
import dev.parley.messages.MessageId;
import dev.parley.notifications.device.PushTarget;
import dev.parley.notifications.preference.Preferences;
import dev.parley.notifications.presence.DeviceKey;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A due row that a worker has claimed, with what is true at the time of the claim.
///
/// @param id the `apns-id` of every attempt
/// @param expires when it gives up
/// @param now what has become of the device, its account and the message
record OutboxRow(UUID id, DeviceKey device, Subject subject, Instant expires, Claim claim, Circumstances now) {

    /// What it is about.
    ///
    /// @param message null where everything up to `seq` was read
    /// @param position of the fact: who has acknowledged it knows
    /// @param mentioned whether the message called the account by name
    record Subject(
            Cause cause,
            Found found,
            @Nullable MessageId message,
            ConversationId conversation,
            long seq,
            long position,
            boolean mentioned) {}

    /// @param id names this claim: a worker whose lease ran out settles nothing that is another's
    /// @param attempts how often it was claimed, this claim included
    /// @param lastReason why the attempt before failed, null at the first
    /// @param created when the row was added
    record Claim(UUID id, int attempts, @Nullable String lastReason, Instant created) {}

    /// @param registered null where the device is registered no more
    /// @param member false where the account has left the conversation
    record Circumstances(
            @Nullable Registered registered, boolean member, Said said, Mark mark, Preferences preferences) {}

    /// @param dropped whether the provider knows the token no more
    /// @param badge the last one sent, null for none
    /// @param badgeCursor what the device had acknowledged then, -1 for nothing
    record Registered(
            PushTarget target, boolean dropped, @Nullable Integer badge, long badgeCursor) {}

    /// What is said now.
    ///
    /// @param title who said it, and in which group
    /// @param excerpt empty for attachments alone
    record Said(String title, String excerpt, boolean deleted) {

        @Override
        public String toString() {
            return "Said[***, deleted=" + deleted + "]";
        }
    }

    /// @param readSeq up to where the account has read, -1 for nothing
    /// @param muted whether it has muted the conversation now
    record Mark(long readSeq, boolean muted) {}
}
