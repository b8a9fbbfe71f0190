package dev.parley.axonserver.storage;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/// What the transactions may hold in memory, all of them together, whose clients have not committed them yet; and how
/// long they may be silent. Thread-safe.
public final class OpenAppends {

    private final long maxBytes;
    private final long timeoutNanos;
    private final AtomicLong bytes = new AtomicLong();
    private final Set<Lease> leases = ConcurrentHashMap.newKeySet();

    OpenAppends(long maxBytes, Duration timeout) {
        this.maxBytes = maxBytes;
        this.timeoutNanos = timeout.toNanos();
    }

    /// Begins a transaction.
    ///
    /// @param expired what to do when the transaction has been silent for too long; run on another thread
    public Lease open(Runnable expired) {
        return new Lease(expired);
    }

    long bytes() {
        return bytes.get();
    }

    /// To be called now and then.
    void expire() {
        long now = System.nanoTime();
        for (Lease lease : leases) {
            if (now - lease.lastTaken > timeoutNanos) {
                lease.expired.run();
            }
        }
    }

    /// The memory of one transaction.
    public final class Lease implements AutoCloseable {

        private final Runnable expired;
        private final AtomicLong taken = new AtomicLong();
        private volatile long lastTaken;

        private Lease(Runnable expired) {
            this.expired = expired;
        }

        /// Makes room for an event. Not to be called any more once closed.
        ///
        /// @return false if so much is not left
        public boolean take(int more) {
            lastTaken = System.nanoTime();
            if (bytes.addAndGet(more) > maxBytes) {
                bytes.addAndGet(-more);
                return false;
            }
            if (taken.getAndAdd(more) == 0) {
                leases.add(this);
            }
            return true;
        }

        /// Gives everything back. May be repeated.
        @Override
        public void close() {
            leases.remove(this);
            bytes.addAndGet(-taken.getAndSet(0));
        }
    }
}
