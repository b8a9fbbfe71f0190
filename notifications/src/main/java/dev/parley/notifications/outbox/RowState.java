package dev.parley.notifications.outbox;

import java.util.Locale;

/// How a row ended. A row that has not is `due`.
public enum RowState {
    /// The push service took it.
    SENT,
    /// The device, or its owner on another device, has it.
    READ,
    /// Its owner wants no ring.
    MUTED,
    /// The message is no more.
    DELETED,
    /// There is no device to ring.
    UNREGISTERED,
    /// It could not be sent in time.
    EXPIRED,
    /// The push service will never take it.
    FAILED;

    /// As tables and answers name it: `sent`.
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }
}
