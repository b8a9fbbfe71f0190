package dev.parley.app.backing;

/// Parley cannot start here. The message is one line for a person: what, where, and what to do.
public final class StartException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public StartException(String message) {
        super(message);
    }
}
