package dev.parley.client;

import java.time.Duration;

/// How long the other end has been quiet. Thread-safe.
final class Quiet {

    private static final Duration TOO_LONG = Duration.ofSeconds(40);
    private static final Duration ASK = Duration.ofSeconds(30);

    private volatile long alive = System.nanoTime();
    private volatile long spoken = alive;

    /// Something came, if only a ping of the WebSocket.
    void alive() {
        alive = System.nanoTime();
    }

    /// A frame came.
    void spoken() {
        alive();
        spoken = alive;
    }

    /// It is dead, or as good as.
    boolean isTooLong() {
        return System.nanoTime() - alive > TOO_LONG.toNanos();
    }

    /// Whether to ask with a `ping`: its `pong` shows that the other end lives, and moves the position on while nothing
    /// is said, so that the next connect has little to catch up with. True once in a while only.
    boolean isTimeToAsk() {
        if (System.nanoTime() - spoken <= ASK.toNanos()) {
            return false;
        }
        spoken = System.nanoTime();
        return true;
    }
}
