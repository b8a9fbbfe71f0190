package dev.parley.messages;

import org.jspecify.annotations.Nullable;

/// A refusal as a value. It crosses the command bus as the details of Axon's `CommandExecutionException`.
///
/// @param detail one sentence for a person, without secrets
/// @param field the field of the request that is to blame, where one is
public record Rejection(
        RejectionCode code, String detail, @Nullable String field) {

    public Rejection(RejectionCode code, String detail) {
        this(code, detail, null);
    }

    /// An [RejectionCode#INVALID] field.
    public static Rejection invalid(String field, String detail) {
        return new Rejection(RejectionCode.INVALID, detail, field);
    }
}
