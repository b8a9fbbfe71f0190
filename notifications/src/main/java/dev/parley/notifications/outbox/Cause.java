package dev.parley.notifications.outbox;

import java.util.Locale;

/// What a push is about.
public enum Cause {
    /// A message was sent: ring.
    MESSAGE,
    /// A conversation was read on another device: take it off the lock screen.
    READ,
    /// A message was deleted: take it off the lock screen.
    DELETED,
    /// A message was read or deleted while its push was on its way: take it off the lock screen after all.
    OVERTAKEN;

    String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Cause of(String text) {
        return valueOf(text.toUpperCase(Locale.ROOT));
    }
}
