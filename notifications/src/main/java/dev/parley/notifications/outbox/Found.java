package dev.parley.notifications.outbox;

import java.util.Locale;

/// Why a device is owed a push.
public enum Found {
    /// It held no live socket.
    ABSENT,
    /// It held one and left the fact unacknowledged for too long.
    SILENT,
    /// Its lock screen shows what was read or deleted.
    SHOWN,
    /// Its app's icon may show a number that is not true any more.
    BADGE;

    String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Found of(String text) {
        return valueOf(text.toUpperCase(Locale.ROOT));
    }
}
