package dev.parley.delivery.presence;

import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionOperations;

/// The clock of PostgreSQL, which is one for all nodes: a moment of this process as that clock showed it, within about
/// a
/// millisecond. Thread-safe.
///
/// It is asked a few times a minute, on one connection, so that the wait for it is not in the answer. Of the
/// answers the one that came fastest counts: a slow one does not say when it was given. Where all are slow it
/// is asked more often.
final class DatabaseClock {

    private static final int QUESTIONS = 3;
    /// Asked at most, while no answer is fast.
    private static final int MOST_QUESTIONS = 8;
    private static final long FAST_NANOS = TimeUnit.MILLISECONDS.toNanos(20);
    private static final long FRESH_NANOS = TimeUnit.MINUTES.toNanos(1);
    /// For how long a slow answer counts.
    private static final long DOUBTFUL_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final JdbcClient jdbc;
    private final TransactionOperations transactions;
    private volatile @Nullable Reading reading;

    /// @param ahead microseconds from `System.nanoTime` to the time since 1970
    /// @param doubt how long the answer took, in nanoseconds
    private record Reading(long ahead, long doubt, long taken) {

        boolean isOld() {
            return System.nanoTime() - taken > (doubt > FAST_NANOS ? DOUBTFUL_NANOS : FRESH_NANOS);
        }
    }

    DatabaseClock(JdbcClient jdbc, TransactionOperations transactions) {
        this.jdbc = jdbc;
        this.transactions = transactions;
    }

    /// @param nanoTime of `System.nanoTime`
    /// @return microseconds since 1970
    long micros(long nanoTime) {
        return TimeUnit.NANOSECONDS.toMicros(nanoTime) + now().ahead();
    }

    /// How wrong [#micros] may be, in microseconds.
    long doubt() {
        return TimeUnit.NANOSECONDS.toMicros(now().doubt());
    }

    private Reading now() {
        Reading now = reading;
        if (now == null || now.isOld()) {
            now = transactions.execute(transaction -> read());
            reading = now;
        }
        return now;
    }

    private Reading read() {
        Reading best = ask();
        for (int i = 1; i < QUESTIONS || (best.doubt() > FAST_NANOS && i < MOST_QUESTIONS); i++) {
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
