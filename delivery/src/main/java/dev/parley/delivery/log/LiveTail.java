package dev.parley.delivery.log;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.axonframework.common.stream.BlockingStream;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The one reader of the live log on this node, on a thread of its own. It starts at the store's head and goes on
/// behind the last event it saw whenever the stream breaks, so that its follower sees every event after the first head
/// once and in order.
public final class LiveTail {

    /// What happens to the events, on the tail's thread: it must not block.
    public interface Follower {

        /// Called once, before the first event.
        ///
        /// @param head the position of the newest event; -1 for an empty store
        void startAfter(long head);

        /// @param entry null for an event that no device can see
        void event(long position, @Nullable LogEntry entry);
    }

    private static final Logger log = LoggerFactory.getLogger(LiveTail.class);
    private static final Backoff BACKOFF = new Backoff(Duration.ofMillis(100), Duration.ofSeconds(5));
    private static final int WAIT_MILLIS = 500;
    private static final long UNKNOWN = Long.MIN_VALUE;

    private final StoreReader reader;
    private final EventEncoder encoder;
    private final Follower follower;
    private final Counter breaks;
    private final Thread thread;
    private volatile boolean running = true;
    private long position = UNKNOWN;
    private int failures;

    public LiveTail(StoreReader reader, EventEncoder encoder, Follower follower, MeterRegistry meters) {
        this.reader = reader;
        this.encoder = encoder;
        this.follower = follower;
        this.breaks = meters.counter("parley.delivery.tail.breaks");
        this.thread = Thread.ofPlatform().name("delivery-tail").daemon().unstarted(this::run);
    }

    public void start() {
        thread.start();
    }

    /// Ends the thread; waits at most two seconds for it.
    public void stop() throws InterruptedException {
        running = false;
        thread.join(Duration.ofSeconds(2));
        thread.interrupt();
    }

    private void run() {
        while (running) {
            try {
                follow();
            } catch (InterruptedException e) {
                return;
            } catch (RuntimeException e) {
                if (!pause(e)) {
                    return;
                }
            }
        }
    }

    private void follow() throws InterruptedException {
        if (position == UNKNOWN) {
            long head = reader.head();
            follower.startAfter(head);
            position = head;
        }
        try (BlockingStream<TrackedEventMessage<?>> stream = reader.after(position)) {
            while (running) {
                if (stream.hasNextAvailable(WAIT_MILLIS, TimeUnit.MILLISECONDS)) {
                    accept(stream.nextAvailable());
                }
            }
        }
    }

    private void accept(TrackedEventMessage<?> message) {
        long at = EventEncoder.position(message);
        if (at > position) {
            follower.event(at, encoder.encode(message));
            position = at;
        }
        failures = 0;
    }

    /// @return false if the thread was interrupted
    private boolean pause(RuntimeException problem) {
        failures++;
        breaks.increment();
        if (running && failures == 1) {
            log.atWarn()
                    .addKeyValue("position", position)
                    .setCause(problem)
                    .log("The live event stream broke; trying again until it is back");
        }
        try {
            Thread.sleep(BACKOFF.after(failures));
            return true;
        } catch (InterruptedException e) {
            return false;
        }
    }
}
