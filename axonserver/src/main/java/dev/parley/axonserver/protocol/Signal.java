package dev.parley.axonserver.protocol;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/// Wakes one waiting thread. A signal raised while nobody waits is kept until the next wait, so that none is lost:
/// the waiter re-checks its conditions after each wait, and whoever changes a condition raises the signal after it.
///
/// [#raise()] may be called by any thread and never blocks; [#await()] by one thread only.
public final class Signal {

    private static final long CHECK_NANOS = TimeUnit.SECONDS.toNanos(30);

    private volatile boolean raised;
    private volatile Thread waiter = Thread.currentThread();

    public void raise() {
        if (!raised) {
            raised = true;
            LockSupport.unpark(waiter);
        }
    }

    /// Returns after a signal that was raised since the last return. An interrupt of the thread also ends the wait.
    public void await() {
        waiter = Thread.currentThread();
        while (!raised && !Thread.currentThread().isInterrupted()) {
            LockSupport.parkNanos(this, CHECK_NANOS);
        }
        raised = false;
    }
}
