package dev.parley.messages;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// A refusal as a value. It crosses the command bus as the details of Axon's `CommandExecutionException`.
///
/// @param detail one sentence for a person, without secrets
/// @param field the field of the request that is to blame, where one is
/// @param retryAfter how long to wait before asking again, where that is known
/// @param position where in the field's text the fault is, in UTF-16 code units from 0, where that is known
public record Rejection(
        RejectionCode code,
        String detail,
        @Nullable String field,
        @Nullable Duration retryAfter,
        @Nullable Integer position) {

    public Rejection(RejectionCode code, String detail) {
        this(code, detail, null, null, null);
    }

    public Rejection(RejectionCode code, String detail, @Nullable String field) {
        this(code, detail, field, null, null);
    }

    /// [RejectionCode#RATE_LIMITED].
    public static Rejection rateLimited(String detail, Duration retryAfter) {
        return new Rejection(RejectionCode.RATE_LIMITED, detail, null, retryAfter, null);
    }

    /// An [RejectionCode#INVALID] field.
    public static Rejection invalid(String field, String detail) {
        return new Rejection(RejectionCode.INVALID, detail, field);
    }

    /// An [RejectionCode#INVALID] character of a field.
    public static Rejection invalid(String field, int position, String detail) {
        return new Rejection(RejectionCode.INVALID, detail, field, null, position);
    }
}
