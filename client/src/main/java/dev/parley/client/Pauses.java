package dev.parley.client;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/// How long to wait before each connect, or before the same request: half a second at first, twice as long
/// after each failure, at most half a minute; the second half of it is random. A `goaway` overrides it once.
/// Not thread-safe.
final class Pauses {

    private static final long FIRST_MILLIS = 500;
    private static final int DOUBLINGS = 6;
    private static final long MOST_MILLIS = 30_000;

    private int failures;
    private long advised = -1;

    /// As the server asked: after the first time and a random part of the second.
    void advise(long afterMillis, long spreadMillis) {
        advised = afterMillis + ThreadLocalRandom.current().nextLong(spreadMillis + 1);
    }

    void succeeded() {
        failures = 0;
    }

    Duration next() {
        if (advised >= 0) {
            Duration pause = Duration.ofMillis(advised);
            advised = -1;
            return pause;
        }
        return Duration.ofMillis(after(failures++));
    }

    /// @param failures before, in a row
    /// @return milliseconds
    static long after(int failures) {
        long bound = Math.min(MOST_MILLIS, FIRST_MILLIS << Math.min(failures, DOUBLINGS));
        return bound / 2 + ThreadLocalRandom.current().nextLong(bound / 2 + 1);
    }
}
