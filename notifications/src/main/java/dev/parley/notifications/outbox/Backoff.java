package dev.parley.notifications.outbox;

import dev.parley.notifications.NotificationsProperties.Retry;
import java.time.Duration;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// How long to wait between attempts: doubling, with jitter over the upper half, never less than the
/// service asks.
record Backoff(Retry retry, RandomGenerator random) {

    /// @param attempts made so far, from 1
    /// @param asked the service's `Retry-After`
    Duration after(int attempts, @Nullable Duration asked) {
        long most = retry.most().toMillis();
        long doubled = retry.first().toMillis() << Math.min(attempts - 1, 30);
        long wait = doubled <= 0 ? most : Math.min(doubled, most);
        Duration own = Duration.ofMillis(wait / 2 + random.nextLong(wait / 2 + 1));
        return asked == null ? own : later(asked, own);
    }

    /// Not before a moment, and not everybody in the same. Whoever has waited for long is asked less
    /// often, so that the rows of an hour without a service are not all written anew every few seconds.
    ///
    /// @param left until that moment
    /// @param waited since the row was added
    Duration beyond(Duration left, Duration waited) {
        Duration seldom =
                Duration.ofMillis(Math.min(waited.toMillis() / 4, retry.most().toMillis()));
        return later(left.compareTo(seldom) > 0 ? left : seldom, retry.first());
    }

    private Duration later(Duration asked, Duration own) {
        return asked.plusMillis(1 + random.nextLong(own.toMillis() / 4 + 1));
    }
}
