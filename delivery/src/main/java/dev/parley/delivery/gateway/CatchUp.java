package dev.parley.delivery.gateway;

import dev.parley.delivery.log.LogEntry;
import dev.parley.tail.StoreReader;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.axonframework.common.stream.BlockingStream;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Reads the event store for a session whose cursor is older than the ring, until it is in the ring. A session whose
/// window stays full gives its place to others and comes back when the device acknowledges.
final class CatchUp {

    private static final Logger log = LoggerFactory.getLogger(CatchUp.class);
    private static final double WARNINGS_PER_SECOND = 1.0 / 60;

    /// The cursor is behind the ring, so there is an event to come; a store that gives none for this long is in
    /// trouble.
    private static final int STALLED_MILLIS = 2_000;

    private final StoreReader reader;
    private final History history;
    private final CatchUpSlots slots;
    private final Duration patience;
    private final Allowance warnings = new Allowance(1, WARNINGS_PER_SECOND);

    CatchUp(StoreReader reader, History history, CatchUpSlots slots, Duration patience) {
        this.reader = reader;
        this.history = history;
        this.slots = slots;
        this.patience = patience;
    }

    /// @return false if there is nothing to do until the session is woken
    /// @throws IllegalStateException if the store gives nothing
    boolean run(Pump pump) throws IOException, InterruptedException {
        if (!slots.enter(pump, pump::wake)) {
            if (pump.isClosed()) {
                slots.forget(pump); // it may have been closed before it asked: nobody would give the place back
            }
            return false;
        }
        try {
            return read(pump);
        } finally {
            slots.leave();
        }
    }

    void forget(Pump pump) {
        slots.forget(pump);
    }

    /// A session cannot go on now. What troubles one troubles many: there is a warning a minute for all of
    /// them.
    void troubled(RuntimeException problem, long cursor) {
        if (warnings.take()) {
            log.atWarn()
                    .addKeyValue("cursor", cursor)
                    .addKeyValue("error", problem.toString())
                    .log("A session cannot go on; trying again until it can");
        }
        log.atDebug().setCause(problem).log("A session cannot go on");
    }

    private boolean read(Pump pump) throws IOException, InterruptedException {
        Feed feed = pump.feed();
        try (BlockingStream<TrackedEventMessage<?>> stream = reader.after(feed.cursor())) {
            while (!pump.isClosed()) {
                pump.writeAnswers();
                if (feed.isInRing()) {
                    return true;
                }
                if (feed.isWindowFull()) {
                    if (!pump.pause(patience) && feed.isWindowFull()) {
                        return false;
                    }
                    continue;
                }
                if (!stream.hasNextAvailable(STALLED_MILLIS, TimeUnit.MILLISECONDS)) {
                    throw new IllegalStateException("The event store gives no events behind " + feed.cursor());
                }
                TrackedEventMessage<?> message = stream.nextAvailable();
                LogEntry entry = history.entry(feed, message);
                if (feed.pass(StoreReader.position(message), entry) && entry != null) {
                    pump.write(entry);
                }
            }
            return false;
        }
    }
}
