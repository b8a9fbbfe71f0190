package dev.parley.notifications.gateway;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// What became of one attempt. Reasons are the push service's own words or, in lower case, ours; there are few of them.
public sealed interface PushResult {

    String reason();

    /// The push service has it.
    record Sent() implements PushResult {
        @Override
        public String reason() {
            return "sent";
        }
    }

    /// The token is no more: it is to be forgotten, unless it was registered again later.
    ///
    /// @param since when it ended; null where the service does not say
    record TokenGone(String reason, @Nullable Instant since) implements PushResult {}

    /// It will not be taken however often it is sent.
    record Refused(String reason) implements PushResult {}

    /// Not now.
    ///
    /// @param after how long the service asks to wait at least; null where it does not say
    record Later(String reason, @Nullable Duration after) implements PushResult {}
}
