package dev.parley.client;

import java.security.SecureRandom;
import java.util.UUID;

/// Makes UUIDs of version 7 (RFC 9562, section 6.2, method 1): the time in milliseconds, a counter of 12 bits, then 62
/// random bits. Each is above the one before, also within a millisecond and when the clock is set back. Thread-safe.
public final class MessageIds {

    private static final SecureRandom RANDOM = new SecureRandom();
    private static final long COUNTER_BITS = 12;

    /// Milliseconds and a counter within them.
    private static long last;

    private MessageIds() {}

    public static UUID next() {
        long ticks = tick();
        long most = (ticks >>> COUNTER_BITS << 16) | 0x7000L | (ticks & 0xfff);
        long least = 0x8000_0000_0000_0000L | (RANDOM.nextLong() & 0x3fff_ffff_ffff_ffffL);
        return new UUID(most, least);
    }

    private static synchronized long tick() {
        last = Math.max(last + 1, System.currentTimeMillis() << COUNTER_BITS);
        return last;
    }
}
