package dev.parley.notifications.outbox;

import dev.parley.notifications.device.PushTarget;
import dev.parley.notifications.gateway.PushNotification;
import dev.parley.notifications.presence.DeviceKey;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A due row that a worker has claimed, with what is true at the time of the claim.
///
/// @param id the `apns-id` of every attempt
/// @param expires when it gives up
/// @param attempts how often it was claimed, this claim included
/// @param claim names this claim: a worker whose lease ran out settles nothing that is another's
/// @param lastReason why the attempt before failed, null at the first
/// @param now what has become of the device and its account
record OutboxRow(
        UUID id,
        DeviceKey device,
        PushNotification.Subject subject,
        PushNotification.Alert alert,
        Instant expires,
        int attempts,
        UUID claim,
        @Nullable String lastReason,
        Circumstances now) {

    /// @param target null where the device is registered no more
    /// @param member false where the account has left the conversation
    record Circumstances(@Nullable PushTarget target, boolean member) {}
}
