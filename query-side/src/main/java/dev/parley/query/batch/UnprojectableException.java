package dev.parley.query.batch;

/// A fact contradicts what a projection knows, and always will. Its message holds no text that people wrote.
public final class UnprojectableException extends IllegalStateException {

    private static final long serialVersionUID = 1;

    public UnprojectableException(String message) {
        super(message);
    }
}
