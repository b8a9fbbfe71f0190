package dev.parley.command.limit;

import io.github.bucket4j.Bucket;
import io.github.bucket4j.TimeMeter;
import java.time.Duration;
import org.springframework.boot.convert.DurationStyle;

/// So many in so long: a bucket of tokens that is full at first and fills up evenly.
///
/// @param capacity at least 1
/// @param period in which an empty bucket is full again
public record Limit(int capacity, Duration period) {

    public Limit {
        if (capacity < 1 || !period.isPositive()) {
            throw new IllegalArgumentException("A limit is at least 1 in some time, not " + capacity + "/" + period);
        }
    }

    /// As configuration writes it: `10/5m`, the period in the form of Spring Boot's durations.
    ///
    /// @throws IllegalArgumentException if it is written in another way
    public static Limit valueOf(String text) {
        int slash = text.indexOf('/');
        if (slash < 0) {
            throw new IllegalArgumentException("A limit is written like 10/5m, not '" + text + "'");
        }
        return new Limit(
                Integer.parseInt(text.substring(0, slash).strip()),
                DurationStyle.detectAndParse(text.substring(slash + 1).strip()));
    }

    Bucket newBucket(TimeMeter clock) {
        return Bucket.builder()
                .addLimit(limit -> limit.capacity(capacity).refillGreedy(capacity, period))
                .withCustomTimePrecision(clock)
                .build();
    }
}
