package dev.parley.axonserver.eventquery;

import java.time.Duration;
import java.util.concurrent.CancellationException;

/// The time that a query may take for one event. Only the thread of the query uses it, but for [#stop()].
final class Budget {

    private final long eventNanos;
    private volatile boolean stopped;
    private long deadline;

    Budget(Duration perEvent) {
        this.eventNanos = perEvent.toNanos();
        this.deadline = System.nanoTime() + eventNanos;
    }

    /// The next event has its turn.
    ///
    /// @throws CancellationException if nobody waits for the query any more
    void next() {
        check();
        deadline = System.nanoTime() + eventNanos;
    }

    /// Makes [#spent()] fail from now on. Any thread.
    void stop() {
        stopped = true;
    }

    /// Whether the time for this event is over.
    ///
    /// @throws CancellationException if nobody waits for the query any more
    boolean spent() {
        check();
        return System.nanoTime() - deadline > 0;
    }

    private void check() {
        if (stopped) {
            throw new CancellationException("The query has ended");
        }
    }
}
