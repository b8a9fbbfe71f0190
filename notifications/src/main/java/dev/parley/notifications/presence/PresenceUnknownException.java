package dev.parley.notifications.presence;

/// No gateway could be asked. It passes: ask again later, or decide without knowing.
public final class PresenceUnknownException extends Exception {

    private static final long serialVersionUID = 1L;

    PresenceUnknownException(String message, Throwable cause) {
        super(message, cause);
    }
}
