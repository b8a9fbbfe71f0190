package dev.parley.messages;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// A refusal as a value. It crosses the command bus as the details of Axon's `CommandExecutionException`.
///
/// @param detail one sentence for a person, without secrets
/// @param field the field of the request that is to blame, where one is
/// @param retryAfter how long to wait before asking again, where that is known
public record Rejection(
        RejectionCode code,
        String detail,
        @Nullable String field,
        @Nullable Duration retryAfter) {

    public Rejection(RejectionCode code, String detail) {
        this(code, detail, null, null);
    }

    public Rejection(RejectionCode code, String detail, @Nullable String field) {
        this(code, detail, field, null);
    }

    /// [RejectionCode#RATE_LIMITED].
    public static Rejection rateLimited(String detail, Duration retryAfter) {
        return new Rejection(RejectionCode.RATE_LIMITED, detail, null, retryAfter);
    }

    /// An [RejectionCode#INVALID] field.
    public static Rejection invalid(String field, String detail) {
        return new Rejection(RejectionCode.INVALID, detail, field);
    }
}
