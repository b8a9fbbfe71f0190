package dev.parley.query.audit;

import dev.parley.messages.RejectedException;
import dev.parley.messages.Rejection;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;

/// Bounds how much is done at once of what takes long. Who comes when all is taken is refused at once: nobody queues.
/// Thread-safe.
final class Slots {

    private static final Duration FREE_AGAIN = Duration.ofSeconds(5);

    private final int size;
    private final Semaphore free;

    Slots(int size) {
        this.size = size;
        this.free = new Semaphore(size);
    }

    /// @throws RejectedException `rate-limited` if all are taken
    <T> T hold(Supplier<T> work) {
        if (!free.tryAcquire()) {
            throw new RejectedException(
                    Rejection.rateLimited("At most " + size + " of these are answered at once", FREE_AGAIN));
        }
        try {
            return work.get();
        } finally {
            free.release();
        }
    }

    int taken() {
        return size - free.availablePermits();
    }
}
