package dev.parley.notifications.outbox;

import java.util.Locale;

/// Why a device is owed a push.
public enum Cause {
    /// It held no live socket.
    ABSENT,
    /// It held one and left the message unacknowledged for too long.
    SILENT;

    String text() {
        return name().toLowerCase(Locale.ROOT);
    }
}
