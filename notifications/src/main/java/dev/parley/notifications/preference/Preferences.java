package dev.parley.notifications.preference;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// What an account wants to be rung for.
///
/// @param preview whether the beginning of a message may be in the payload, which passes through Apple
///     or Google
/// @param mentionsBreakMute whether a mention rings in a muted conversation
/// @param quietHours null for none
public record Preferences(
        boolean preview,
        boolean mentionsBreakMute,
        @Nullable QuietHours quietHours) {

    /// Whether nothing is to ring at that instant.
    public boolean quietAt(Instant instant) {
        return quietHours != null && quietHours.quietAt(instant);
    }
}
