package dev.parley.notifications.gateway;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// What became of one attempt. Reasons are the push service's own words or, in lower case, ours; there
/// are few of them.
public sealed interface PushResult {

    String reason();

    /// The push service has it.
    record Sent() implements PushResult {
        @Override
        public String reason() {
            return "sent";
        }
    }

    /// The token is no more: it is to be dropped, unless it was registered again later.
    ///
    /// @param since when it ended; null where the service does not say
    record TokenGone(String reason, @Nullable Instant since) implements PushResult {}

    /// It will not be taken however often it is sent.
    record Refused(String reason) implements PushResult {}

    /// Not now, for this device: the service takes others.
    ///
    /// @param after how long the service asks to wait at least; null where it does not say
    record Later(String reason, @Nullable Duration after) implements PushResult {}

    /// Not now, for anybody: the service is busy, away or slow.
    ///
    /// @param after how long the service asks to wait at least; null where it does not say
    record Unavailable(String reason, @Nullable Duration after) implements PushResult {}

    /// The service does not take our credentials, or what was configured with them: an operator has to
    /// mend it, and an alarm says so. The row waits.
    record Misconfigured(String reason) implements PushResult {}

    /// It was not tried: the circuit breaker of the service is open.
    ///
    /// @param left how long it stays open
    record Paused(Duration left) implements PushResult {
        @Override
        public String reason() {
            return "paused";
        }
    }
}
