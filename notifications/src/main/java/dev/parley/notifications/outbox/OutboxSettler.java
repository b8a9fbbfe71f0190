package dev.parley.notifications.outbox;

import dev.parley.notifications.LogField;
import dev.parley.notifications.NotificationsProperties;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/// Writes outcomes down, many in one round trip, and bounds how many pushes are under way: a row takes
/// a slot when it is claimed and gives it back when its outcome is on disk. So the queue is never
/// longer than there are slots, and a database that does not answer stops the claiming. Thread-safe.
@Component
class OutboxSettler {

    private static final Logger log = LoggerFactory.getLogger(OutboxSettler.class);
    private static final int BATCH = 500;
    /// Less than this part of a claim is few.
    private static final int FEW = 4;
    private static final Duration GATHER = Duration.ofMillis(10);
    private static final Duration RETRY = Duration.ofSeconds(1);

    private final OutboxStore store;
    private final OutboxMeters meters;
    private final Semaphore slots;
    private final LinkedBlockingQueue<Settlement> queue = new LinkedBlockingQueue<>();

    OutboxSettler(OutboxStore store, OutboxMeters meters, NotificationsProperties properties) {
        this.store = store;
        this.meters = meters;
        this.slots = new Semaphore(properties.outbox().inFlight());
    }

    /// Waits for a slot, and takes more if there are: a moment longer where they are few, since a claim
    /// of one row costs as much as one of many.
    ///
    /// @return how many were taken: 0 if none came free within the time, else 1 to `most`
    int takeSlots(int most, Duration patience) throws InterruptedException {
        if (!slots.tryAcquire(patience.toMillis(), TimeUnit.MILLISECONDS)) {
            return 0;
        }
        int taken = 1;
        int enough = most / FEW;
        if (slots.tryAcquire(enough, GATHER.toMillis(), TimeUnit.MILLISECONDS)) {
            taken += enough;
        }
        while (taken < most && slots.tryAcquire()) {
            taken++;
        }
        return taken;
    }

    void giveBack(int unused) {
        slots.release(unused);
    }

    void settle(Settlement settlement) {
        queue.add(settlement);
    }

    /// Writes until it is interrupted; then once more what is queued.
    void run() {
        List<Settlement> batch = new ArrayList<>();
        try {
            while (true) {
                batch.add(queue.take());
                queue.drainTo(batch, BATCH - 1);
                while (!write(batch)) {
                    TimeUnit.NANOSECONDS.sleep(RETRY.toNanos());
                }
                batch.clear();
            }
        } catch (InterruptedException e) {
            queue.drainTo(batch);
            write(batch);
        }
    }

    /// @return false if the database did not take it; the leases run out then, and the pushes are
    ///     repeated with the same ids
    private boolean write(List<Settlement> batch) {
        try {
            store.settle(batch);
        } catch (RuntimeException e) {
            log.atWarn()
                    .addKeyValue(LogField.ROWS, batch.size())
                    .setCause(e)
                    .log("Outcomes of pushes could not be written down");
            return false;
        }
        batch.forEach(meters::count);
        slots.release(batch.size());
        return true;
    }
}
