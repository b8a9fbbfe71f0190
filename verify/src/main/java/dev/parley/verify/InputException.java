package dev.parley.verify;

/// What was given cannot be read, so nothing can be said about it.
final class InputException extends RuntimeException {

    private static final long serialVersionUID = 1;

    /// @param message for a person
    InputException(String message) {
        super(message);
    }
}
