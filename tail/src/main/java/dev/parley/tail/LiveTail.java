package dev.parley.tail;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.axonframework.common.stream.BlockingStream;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/// The one reader of the live log in this process, on a thread of its own. It starts at the store's head and goes on
/// behind the last event it saw whenever the stream breaks, or falls silent while the store has more, so that its
/// followers see every event after the first head once and in order.
///
/// It starts before the web server and stops after it, so that no request finds it gone. Thread-safe.
public final class LiveTail implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(LiveTail.class);
    private static final Backoff BACKOFF = new Backoff(Duration.ofMillis(100), Duration.ofSeconds(2));
    private static final int WAIT_MILLIS = 500;
    private static final long UNKNOWN = Long.MIN_VALUE;
    /// Below Spring Boot's `WebServerApplicationContext.START_STOP_LIFECYCLE_PHASE`, above Axon's phases.
    private static final int PHASE = SmartLifecycle.DEFAULT_PHASE - 3072;

    private final StoreReader reader;
    private final List<Follower> followers;
    private final Counter breaks;
    private final Counter faults;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition moved = lock.newCondition();
    private volatile int waiting;
    /// A position in the store that somebody waited for in vain.
    private volatile long missed = UNKNOWN;
    private volatile boolean running;
    private volatile long position = UNKNOWN;
    private @Nullable Thread thread;
    private int failures;

    LiveTail(StoreReader reader, List<Follower> followers, MeterRegistry meters) {
        this.reader = reader;
        this.followers = List.copyOf(followers);
        this.breaks = meters.counter("parley.tail.breaks");
        this.faults = meters.counter("parley.tail.faults");
        meters.gauge("parley.tail.position", this, tail -> Math.max(tail.position, -1));
    }

    /// Does not wait for the store. Started again, it goes on behind the last event it saw.
    @Override
    public void start() {
        running = true;
        thread = Thread.ofPlatform().name("tail").daemon().start(this::run);
    }

    /// Ends the thread; waits at most two seconds for it.
    @Override
    public void stop() {
        running = false;
        Thread following = thread;
        if (following == null) {
            return;
        }
        try {
            following.join(Duration.ofSeconds(2));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        following.interrupt();
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    @Override
    public int getPhase() {
        return PHASE;
    }

    /// Waits until all followers have seen every event up to the position.
    ///
    /// @return false if the time is over
    boolean await(long wanted, Duration patience) throws InterruptedException {
        if (position >= wanted) {
            return true;
        }
        long left = patience.toNanos();
        lock.lock();
        try {
            waiting++;
            while (position < wanted && left > 0) {
                left = moved.awaitNanos(left);
            }
            if (position < wanted) {
                missed = wanted;
                return false;
            }
            return true;
        } finally {
            waiting--;
            lock.unlock();
        }
    }

    private void run() {
        while (running) {
            try {
                follow();
            } catch (InterruptedException e) {
                return;
            } catch (RuntimeException | Error e) {
                if (!pause(e)) {
                    return;
                }
            }
        }
    }

    private void follow() throws InterruptedException {
        if (position == UNKNOWN) {
            long head = reader.head();
            followers.forEach(follower -> guarded(follower, head, () -> follower.startAfter(head)));
            move(head);
        }
        try (BlockingStream<TrackedEventMessage<?>> stream = reader.after(position)) {
            while (running) {
                if (stream.hasNextAvailable(WAIT_MILLIS, TimeUnit.MILLISECONDS)) {
                    accept(stream.nextAvailable());
                } else if (missed > position) {
                    missed = UNKNOWN;
                    throw new IllegalStateException("The stream gives nothing, though the store has more");
                }
                recovered();
            }
        }
    }

    private void accept(TrackedEventMessage<?> message) {
        long at = StoreReader.position(message);
        if (at > position) {
            for (Follower follower : followers) {
                guarded(follower, at, () -> follower.event(at, message));
            }
            move(at);
        }
    }

    private void guarded(Follower follower, long at, Runnable call) {
        try {
            call.run();
        } catch (RuntimeException | Error fault) {
            faults.increment();
            log.atError()
                    .addKeyValue("position", at)
                    .addKeyValue("follower", follower.getClass().getSimpleName())
                    .setCause(fault)
                    .log("A follower of the live log failed at an event");
        }
    }

    private void move(long to) {
        position = to;
        if (waiting > 0) {
            lock.lock();
            try {
                moved.signalAll();
            } finally {
                lock.unlock();
            }
        }
    }

    private void recovered() {
        if (failures > 0) {
            failures = 0;
            log.atInfo().addKeyValue("position", position).log("The live event stream is back");
        }
    }

    /// @return false if the thread was interrupted
    private boolean pause(Throwable problem) {
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
