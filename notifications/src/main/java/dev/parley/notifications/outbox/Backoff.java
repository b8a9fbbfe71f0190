package dev.parley.notifications.outbox;

import dev.parley.notifications.NotificationsProperties.Retry;
import java.time.Duration;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// How long to wait between attempts: doubling, with jitter over the upper half, never less than the service asks.
record Backoff(Retry retry, RandomGenerator random) {

    /// @param attempts made so far, from 1
    /// @param asked the service's `Retry-After`
    Duration after(int attempts, @Nullable Duration asked) {
        long most = retry.most().toMillis();
        long doubled = retry.first().toMillis() << Math.min(attempts - 1, 30);
        long wait = doubled <= 0 ? most : Math.min(doubled, most);
        Duration own = Duration.ofMillis(wait / 2 + random.nextLong(wait / 2 + 1));
        return asked == null ? own : beyond(asked, own);
    }

    /// Not before a moment, and not everybody in the same.
    ///
    /// @param left until that moment
    Duration beyond(Duration left) {
        return beyond(left, retry.first());
    }

    private Duration beyond(Duration asked, Duration own) {
        return asked.plusMillis(1 + random.nextLong(own.toMillis() / 4 + 1));
    }
}
