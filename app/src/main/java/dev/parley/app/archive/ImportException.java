package dev.parley.app.archive;

/// Ends an import with one line for a person: what is wrong and what to do about it.
final class ImportException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    ImportException(String line) {
        super(line);
    }

    ImportException(String line, Throwable cause) {
        super(line, cause);
    }
}
