package dev.parley.command.limit;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import java.time.Duration;
import java.util.function.Supplier;

/// One `B` a key, at most [#MOST] of them. One that nobody has used for a period is full again, so it is forgotten.
/// Thread-safe.
final class Buckets<B> {

    static final int MOST = 50_000;

    /// A longer key shares its bucket with others that begin alike, so that keys take little memory.
    private static final int LONGEST_KEY = 256;

    private final LoadingCache<String, B> buckets;

    Buckets(Duration period, Supplier<B> maker) {
        buckets = Caffeine.newBuilder()
                .maximumSize(MOST)
                .expireAfterAccess(period)
                .build(key -> maker.get());
    }

    B get(String key) {
        return buckets.get(key.length() > LONGEST_KEY ? key.substring(0, LONGEST_KEY) : key);
    }
}
