package dev.parley.app.archive;

import java.time.Duration;
import java.util.random.RandomGenerator;

/// How long, and how often, a request that failed for a passing reason is sent again.
///
/// @param limit from the first failure of a request to giving up
/// @param first pause, doubled from failure to failure
/// @param longest pause
record Patience(Duration limit, Duration first, Duration longest) {

    static final Duration DEFAULT_LIMIT = Duration.ofMinutes(2);

    static Patience of(Duration limit) {
        return new Patience(limit, Duration.ofMillis(200), Duration.ofSeconds(10));
    }

    /// Half of the pause is fixed, half of it random, so that clients cut off together do not come back together.
    ///
    /// @param failures of this request so far, from 1
    Duration pause(int failures, RandomGenerator random) {
        long doubled = first.toMillis() << Math.min(failures - 1, 20);
        long half = Math.min(doubled, longest.toMillis()) / 2;
        return Duration.ofMillis(half + random.nextLong(half + 1));
    }
}
