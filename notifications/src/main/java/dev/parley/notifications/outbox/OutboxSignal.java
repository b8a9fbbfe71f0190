package dev.parley.notifications.outbox;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.springframework.stereotype.Component;

/// Tells this node's worker that there is something to do. Thread-safe; signals do not add up.
@Component
class OutboxSignal {

    private final Semaphore signal = new Semaphore(0);

    void wake() {
        signal.release();
    }

    /// Returns at the next signal, or after the time.
    void await(Duration atMost) throws InterruptedException {
        if (signal.tryAcquire(atMost.toNanos(), TimeUnit.NANOSECONDS)) {
            signal.drainPermits();
        }
    }
}
