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
        // The jitter counts on top of what is asked, so that not everybody comes back in the same moment.
        return asked == null ? own : asked.plus(own.dividedBy(4));
    }
}
