package dev.parley.client;

import org.jspecify.annotations.Nullable;

/// The server refused a request for good: sending it again has the same answer.
public final class ProblemException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String code;
    private final @Nullable String field;

    ProblemException(String code, String detail, @Nullable String field) {
        super(code + ": " + detail);
        this.code = code;
        this.field = field;
    }

    /// One of the codes of docs/asyncapi.yaml; there may be new ones.
    public String code() {
        return code;
    }

    /// The field to blame, where one is.
    public @Nullable String field() {
        return field;
    }
}
