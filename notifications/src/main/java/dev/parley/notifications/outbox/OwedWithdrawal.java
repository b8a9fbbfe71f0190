package dev.parley.notifications.outbox;

import dev.parley.notifications.presence.DeviceKey;
import java.time.Duration;

/// A device that shows what was read or deleted elsewhere.
///
/// @param found [Found#SHOWN] or [Found#BADGE]
public record OwedWithdrawal(Withdrawn withdrawn, DeviceKey device, Found found) {

    /// After this time from the fact, nobody minds what the lock screen shows.
    public static final Duration EXPIRY = Duration.ofDays(1);
}
