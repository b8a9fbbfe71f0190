package dev.parley.axonserver.schedule;

import dev.parley.axonserver.protocol.Meters;
import dev.parley.axonserver.storage.EventStorage;
import dev.parley.axonserver.storage.NewEvent;
import dev.parley.axonserver.storage.ScheduleStore;
import dev.parley.axonserver.storage.ScheduledEvent;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.micrometer.core.instrument.Counter;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Appends the scheduled events of one context to its log when they are due, in that order, on a thread of its own.
///
/// Each comes exactly once. It is appended first and taken out of the schedule then; whatever happens between the two,
/// it is still in the schedule afterwards and is appended again, which the log refuses because its identifier is there.
/// So an event whose identifier is in the log was published, and is only taken out. After a failure everything is read
/// from the schedule again: nothing is remembered but the page at hand.
public final class SchedulePublisher implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(SchedulePublisher.class);

    private static final long FIRST_RETRY_MILLIS = 100;
    private static final long LAST_RETRY_MILLIS = 5000;
    /// After this long the clock is looked at again, which may have been set.
    private static final long LONGEST_SLEEP_MILLIS = 60_000;

    private final EventStorage storage;
    private final ScheduleStore schedules;
    private final Counter published;
    private final Counter failed;
    private final Semaphore wakeUp = new Semaphore(0);
    private final Thread thread = Thread.ofVirtual().name("axonserver-schedule").unstarted(this::run);
    private volatile long nextDue = Long.MAX_VALUE;
    private volatile boolean closing;

    public SchedulePublisher(EventStorage storage, Meters meters) {
        this.storage = storage;
        this.schedules = storage.schedules();
        published = meters.counter("schedule.published", "Scheduled events that were published");
        failed = meters.counter("schedule.failed", "Scheduled events that the log refused for ever");
    }

    /// Begins with what became due while nobody was there.
    public void start() {
        thread.start();
    }

    /// To be called when an event has been scheduled.
    void scheduled(long due) {
        if (due < nextDue) {
            wakeUp.release();
        }
    }

    /// Publishes nothing more, except what is on its way to the log.
    @Override
    public void close() {
        closing = true;
        thread.interrupt();
    }

    private void run() {
        long retry = FIRST_RETRY_MILLIS;
        while (!closing) {
            try {
                publishDue();
                retry = FIRST_RETRY_MILLIS;
                sleep();
            } catch (SQLException | RuntimeException e) {
                if (!closing) {
                    LOG.atWarn().setCause(e).log("Scheduled events cannot be published now");
                    retry = pause(retry);
                }
            } catch (InterruptedException e) {
                closing = true;
            }
        }
    }

    private void publishDue() throws SQLException, InterruptedException {
        List<ScheduledEvent> due = schedules.due(System.currentTimeMillis());
        while (!due.isEmpty() && !closing) {
            List<String> tokens = due.stream().map(ScheduledEvent::token).toList();
            if (append(due) == null) {
                published.increment(due.size());
                schedules.remove(tokens);
            } else if (schedules.removePublished(tokens) == 0) {
                for (ScheduledEvent one : due) {
                    publish(one);
                }
            }
            due = schedules.due(System.currentTimeMillis());
        }
    }

    /// Publishes one of a page that was refused, although none of it is in the log.
    private void publish(ScheduledEvent scheduled) throws SQLException, InterruptedException {
        StatusRuntimeException refusal = append(List.of(scheduled));
        if (refusal == null) {
            published.increment();
            schedules.remove(List.of(scheduled.token()));
        } else if (schedules.removePublished(List.of(scheduled.token())) == 0) {
            failed.increment();
            LOG.atWarn()
                    .addKeyValue("token", scheduled.token())
                    .addKeyValue("status", refusal.getStatus().getCode())
                    .log("A scheduled event can never be published; the schedule says why");
            schedules.fail(scheduled, String.valueOf(refusal.getStatus().getDescription()));
        }
    }

    /// @return why the log refuses these events; null if they are in it now
    /// @throws StatusRuntimeException if the log cannot be written now, or nobody knows
    private @Nullable StatusRuntimeException append(List<ScheduledEvent> due) throws InterruptedException {
        List<NewEvent> events = new ArrayList<>(due.size());
        long now = System.currentTimeMillis();
        due.forEach(scheduled -> events.add(scheduled.event().at(now)));
        try {
            storage.append(events).get();
            return null;
        } catch (ExecutionException e) {
            if (e.getCause() instanceof StatusRuntimeException failure) {
                Status.Code code = failure.getStatus().getCode();
                if (code == Status.Code.OUT_OF_RANGE || code == Status.Code.INVALID_ARGUMENT) {
                    return failure;
                }
                throw failure;
            }
            throw new IllegalStateException(e.getCause());
        }
    }

    /// Returns when something is due, or something was scheduled before that. What is scheduled from the first line on
    /// either is seen by the query or ends the wait.
    private void sleep() throws SQLException, InterruptedException {
        nextDue = Long.MAX_VALUE;
        wakeUp.drainPermits();
        long due = schedules.firstDue().orElse(Long.MAX_VALUE);
        nextDue = due;
        boolean woken = false;
        for (long now = System.currentTimeMillis(); due > now && !woken; now = System.currentTimeMillis()) {
            woken = wakeUp.tryAcquire(Math.min(due - now, LONGEST_SLEEP_MILLIS), TimeUnit.MILLISECONDS);
        }
    }

    /// Waits with jitter.
    ///
    /// @return how long to wait the next time
    private long pause(long millis) {
        try {
            Thread.sleep(millis / 2 + ThreadLocalRandom.current().nextLong(millis / 2 + 1));
        } catch (InterruptedException e) {
            closing = true;
        }
        return Math.min(LAST_RETRY_MILLIS, millis * 2);
    }
}
