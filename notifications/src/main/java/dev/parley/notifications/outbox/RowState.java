package dev.parley.notifications.outbox;

import java.util.Locale;

/// How a row ended. A row that has not is `due`.
enum RowState {
    /// The push service took it.
    SENT,
    /// The device has the message.
    READ,
    /// Its owner wants no ring.
    MUTED,
    /// There is no device to ring.
    UNREGISTERED,
    /// It could not be sent in time.
    EXPIRED,
    /// The push service will never take it.
    FAILED;

    String text() {
        return name().toLowerCase(Locale.ROOT);
    }
}
