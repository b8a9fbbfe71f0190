package dev.parley.notifications.explain;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.parley.messages.AccountId;
import dev.parley.messages.ConversationId;
import dev.parley.messages.MessageId;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// What happened to the pushes about a message, or to those of a device, newest first. Never what was
/// said.
///
/// @param messages asked for; more than one where conversations share an id, empty where no row is
///     known
/// @param rows at most as many as were asked for
/// @param next where the next page starts, null for the last page
@JsonInclude(JsonInclude.Include.NON_NULL)
record PushExplanation(
        @Nullable List<ExplainedMessage> messages,
        List<PushRow> rows,
        @Nullable String next) {

    /// @param eligible (device, message) pairs that got a row or were found delivered
    /// @param delivered devices that acknowledged it in time, without a row
    record ExplainedMessage(
            ConversationId conversation,
            MessageId message,
            @Nullable AccountId sender,
            int eligible,
            int delivered,
            boolean edited,
            boolean deleted) {}

    /// One row of the outbox.
    ///
    /// @param id the `apns-id`, or FCM's `data.push`
    /// @param message null where everything up to `seq` was read
    /// @param cause `message`, `read`, `deleted` or `overtaken`
    /// @param found `absent`, `silent`, `shown` or `badge`
    /// @param state `due`, or how it ended
    /// @param reason of its end; while due why the last attempt failed, null at first
    /// @param attempts made so far
    /// @param tried the attempts that failed, oldest first, the newest 20
    /// @param due when it may be tried next, null once it has ended
    /// @param claimedUntil while a worker holds it
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record PushRow(
            UUID id,
            AccountId account,
            String device,
            ConversationId conversation,
            @Nullable MessageId message,
            long seq,
            long position,
            String cause,
            String found,
            boolean mentioned,
            String state,
            @Nullable String reason,
            int attempts,
            List<FailedAttempt> tried,
            Instant created,
            @Nullable Instant due,
            @Nullable Instant claimedUntil,
            Instant expires,
            @Nullable Instant ended) {}

    /// @param reason the push service's word, or ours
    record FailedAttempt(Instant at, String reason) {}
}
