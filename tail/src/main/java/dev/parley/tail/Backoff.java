package dev.parley.tail;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/// How long to wait before trying again: doubling from the least to the most, each time somewhere between half and
/// all of it, so that those who failed together do not return together.
///
/// @param most no wait is longer
public record Backoff(Duration least, Duration most) {

    /// @param failures in a row, from 1
    public Duration after(int failures) {
        long doubled = least.toMillis() << Math.min(Math.max(failures - 1, 0), 20);
        long millis = Math.min(doubled, most.toMillis());
        return Duration.ofMillis(millis / 2 + ThreadLocalRandom.current().nextLong(millis / 2 + 1));
    }
}
