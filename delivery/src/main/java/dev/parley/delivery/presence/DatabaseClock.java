package dev.parley.delivery.presence;

import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/// The clock of PostgreSQL, which is one for all nodes: a moment of this process as that clock showed it, within about
/// a
/// millisecond. Thread-safe.
///
/// It is asked a few times a minute, and of the answers the one that came fastest counts: a slow one does not say
/// when it was given.
final class DatabaseClock {

    private static final int QUESTIONS = 3;
    private static final long FRESH_NANOS = TimeUnit.MINUTES.toNanos(1);

    private final JdbcClient jdbc;
    private volatile @Nullable Reading reading;

    /// @param ahead microseconds from `System.nanoTime` to the time since 1970
    /// @param doubt how long the answer took, in nanoseconds
    private record Reading(long ahead, long doubt, long taken) {}

    DatabaseClock(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /// @param nanoTime of `System.nanoTime`
    /// @return microseconds since 1970
    long micros(long nanoTime) {
        Reading now = reading;
        if (now == null || System.nanoTime() - now.taken() > FRESH_NANOS) {
            now = read();
            reading = now;
        }
        return TimeUnit.NANOSECONDS.toMicros(nanoTime) + now.ahead();
    }

    private Reading read() {
        Reading best = ask();
        for (int i = 1; i < QUESTIONS; i++) {
            Reading next = ask();
            best = next.doubt() < best.doubt() ? next : best;
        }
        return best;
    }

    private Reading ask() {
        long before = System.nanoTime();
        long micros = jdbc.sql("select cast(extract(epoch from clock_timestamp()) * 1000000 as bigint)")
                .query(Long.class)
                .single();
        long after = System.nanoTime();
        long middle = TimeUnit.NANOSECONDS.toMicros(before + (after - before) / 2);
        return new Reading(micros - middle, after - before, after);
    }
}
