package dev.parley.messages.session;

import dev.parley.messages.AccountId;
import dev.parley.messages.SessionId;
import java.time.Instant;
import org.axonframework.modelling.command.TargetAggregateIdentifier;
import org.jspecify.annotations.Nullable;

/// Requests to open or end one session. `at` is the caller's clock: aggregates have none.
public sealed interface SessionCommand {

    SessionId session();

    /// Repeated for the same session it changes nothing.
    record OpenSession(@TargetAggregateIdentifier SessionId session, AccountId account, Instant at)
            implements SessionCommand {}

    /// Ending a session that has ended changes nothing. One that was never opened is rejected as `not-found`.
    ///
    /// @param by null where nobody ended it, but time
    record CloseSession(
            @TargetAggregateIdentifier SessionId session,
            SessionEnd reason,
            @Nullable AccountId by,
            Instant at) implements SessionCommand {}
}
