package dev.parley.client;

import java.time.Duration;
import java.util.function.LongSupplier;

/// How long the other end has been quiet. Thread-safe.
final class Quiet {

    private static final Duration TOO_LONG = Duration.ofSeconds(40);
    private static final Duration ASK = Duration.ofSeconds(30);

    private final LongSupplier nanos;
    private volatile long alive;
    private volatile long spoken;

    /// @param nanos as [System#nanoTime()]
    Quiet(LongSupplier nanos) {
        this.nanos = nanos;
        spoken();
    }

    /// Something came, if only a ping of the WebSocket.
    void alive() {
        alive = nanos.getAsLong();
    }

    /// A frame came.
    void spoken() {
        long now = nanos.getAsLong();
        alive = now;
        spoken = now;
    }

    /// It is dead, or as good as.
    boolean isTooLong() {
        return nanos.getAsLong() - alive > TOO_LONG.toNanos();
    }

    /// Whether to ask with a `ping`: its `pong` shows that the other end lives, and moves the position on while nothing
    /// is said, so that the next connect has little to catch up with. Once in a while only.
    boolean isTimeToAsk() {
        long now = nanos.getAsLong();
        if (now - spoken <= ASK.toNanos()) {
            return false;
        }
        spoken = now;
        return true;
    }
}
