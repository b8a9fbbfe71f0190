package dev.parley.axonserver.storage;

import dev.parley.axonserver.protocol.ErrorCode;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The one thread that writes the log of a context: it takes the transactions that wait, stores them in one commit,
/// makes them visible and then acknowledges each.
///
/// After a lost connection it knows neither whether its last group was committed nor whether somebody else has
/// written. So it first gets a new session, reads where the log ends and whether the group is in it, settles that
/// group, and only then numbers anything again. Meanwhile callers are answered at their deadline.
final class EventWriter implements Runnable, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(EventWriter.class);

    private static final String UNKNOWN_OUTCOME =
            "The event store did not answer in time; whether this transaction was stored is not known";

    private static final long IDLE_MILLIS = 100;
    private static final long FIRST_RETRY_MILLIS = 50;
    private static final long LAST_RETRY_MILLIS = 2000;

    /// Opens a session, which takes the lock and a new epoch.
    interface Sessions {
        WriterSession open() throws SQLException;
    }

    private final AppendQueue queue;
    private final EventTail tail;
    private final Sessions sessions;
    private final StorageProperties limits;
    private final StorageMeters meters;
    private final Sequences sequences;
    private final ExecutorService acknowledging = Executors.newSingleThreadExecutor(
            Thread.ofPlatform().name("axonserver-ack").daemon().factory());
    private final Thread thread = Thread.ofPlatform().name("axonserver-writer").unstarted(this);

    private volatile @Nullable WriterSession session;
    private @Nullable AppendGroup doubtful;
    private volatile List<PendingAppend> underWay = List.of();
    private volatile boolean closing;

    EventWriter(AppendQueue queue, EventTail tail, Sessions sessions, StorageProperties limits, StorageMeters meters) {
        this.queue = queue;
        this.tail = tail;
        this.sessions = sessions;
        this.limits = limits;
        this.meters = meters;
        this.sequences = new Sequences(limits.knownAggregates());
    }

    /// Takes the log over and begins to write.
    ///
    /// @param wait how long to wait for a predecessor's backend to end
    /// @throws SQLException if the database cannot be used, or another node keeps writing
    void start(Duration wait) throws SQLException {
        long deadline = System.nanoTime() + wait.toNanos();
        long retry = FIRST_RETRY_MILLIS;
        while (session == null) {
            try {
                takeOver();
            } catch (WriterBusyException e) {
                if (System.nanoTime() - deadline > 0) {
                    throw e;
                }
                retry = pause(retry);
            }
        }
        thread.start();
    }

    /// Whether it has a connection that may write, as far as it knows. Any thread.
    boolean hasSession() {
        return session != null;
    }

    /// Answers whatever is past its deadline. To be called now and then by another thread: the writer itself may be
    /// stuck in a connection that does not answer.
    void expire() {
        long now = System.nanoTime();
        for (PendingAppend append : queue.expired(now)) {
            unavailable(append, "The event store is not reachable; nothing of this transaction was stored");
        }
        for (PendingAppend append : underWay) {
            if (append.deadline() - now <= 0) {
                unavailable(
                        append,
                        "The event store did not answer in time; whether this transaction was stored is"
                                + " not known");
            }
        }
    }

    @Override
    public void run() {
        long retry = FIRST_RETRY_MILLIS;
        while (!closing || (session != null && queue.size() > 0)) {
            try {
                if (session == null) {
                    takeOver();
                    LOG.atInfo().addKeyValue("head", tail.next()).log("The event writer is back");
                }
                List<PendingAppend> appends =
                        queue.take(limits.groupEvents(), limits.groupBytes().toBytes(), IDLE_MILLIS);
                if (!appends.isEmpty()) {
                    underWay = appends;
                    write(appends);
                    underWay = List.of();
                }
                retry = FIRST_RETRY_MILLIS;
            } catch (SQLException e) {
                abandon(e);
                retry = pause(retry);
            } catch (InterruptedException e) {
                closing = true;
            } catch (RuntimeException e) {
                LOG.atError().setCause(e).log("The event writer failed unexpectedly");
                abandon(e);
                retry = pause(retry);
            }
        }
        dropSession();
    }

    /// Stores what waits, within the time that appends have, and stops.
    @Override
    public void close() {
        closing = true;
        try {
            if (!thread.join(limits.appendTimeout())) {
                thread.interrupt();
            }
        } catch (InterruptedException e) {
            thread.interrupt();
            Thread.currentThread().interrupt();
        }
        settle(queue.takeAll(), false);
        acknowledging.execute(() -> underWay.forEach(append -> unavailable(append, UNKNOWN_OUTCOME)));
        acknowledging.close();
    }

    private void takeOver() throws SQLException {
        WriterSession opened = sessions.open();
        AppendGroup unsettled = doubtful;
        boolean landed = unsettled != null && opened.holds(unsettled);
        session = opened;
        doubtful = null;
        sequences.forget();
        tail.reset(opened.nextIndex());
        if (unsettled != null) {
            settle(unsettled.appends(), landed);
        }
        settle(underWay, false);
        underWay = List.of();
    }

    private void write(List<PendingAppend> appends) throws SQLException {
        WriterSession current = session;
        if (current == null) {
            throw new SQLException("There is no connection");
        }
        AppendGroup group = sequences.number(appends, tail.next(), current::nextSequences);
        if (group.isEmpty()) {
            return;
        }
        doubtful = group;
        try {
            if (!current.store(group)) {
                doubtful = null;
                settle(group.appends(), false);
                throw new SQLException("Another writer has taken the event log over");
            }
        } catch (SQLException e) {
            refused(e, group);
            return;
        }
        sequences.committed(group);
        tail.publish(group.stored());
        settle(group.appends(), true);
        doubtful = null;
        meters.stored(group);
    }

    /// Sorts out a group that was not stored: alone, a transaction that the server refuses fails; in a group, each is
    /// tried alone, so that only the offender fails.
    private void refused(SQLException e, AppendGroup group) throws SQLException {
        switch (WriterSession.Outcome.of(e)) {
            case UNKNOWN -> throw e;
            case ROLLED_BACK -> {
                doubtful = null;
                LOG.atWarn()
                        .setCause(e)
                        .addKeyValue("events", group.events().size())
                        .log("A group was not stored");
                settle(group.appends(), false);
            }
            case REFUSED -> {
                doubtful = null;
                if (group.appends().size() > 1) {
                    for (PendingAppend append : group.appends()) {
                        write(List.of(append));
                    }
                } else {
                    group.appends().getFirst().result().completeExceptionally(refusal(e));
                }
            }
        }
    }

    private static RuntimeException refusal(SQLException e) {
        boolean duplicate = "23505".equals(e.getSQLState());
        return duplicate
                ? ErrorCode.VALIDATION_FAILED.failure("An event with one of these identifiers is already stored")
                : ErrorCode.VALIDATION_FAILED.failure("The database refuses one of these events");
    }

    private void abandon(Exception e) {
        if (session != null) {
            LOG.atWarn().addKeyValue("reason", e.getMessage()).log("The event writer lost its connection");
        }
        dropSession();
        if (doubtful == null) {
            settle(underWay, false);
            underWay = List.of();
        }
    }

    private void dropSession() {
        WriterSession old = session;
        session = null;
        if (old != null) {
            old.close();
        }
    }

    /// Answers transactions, on a thread of its own. The first answer counts, and answers are given in this order.
    private void settle(List<PendingAppend> appends, boolean stored) {
        if (appends.isEmpty()) {
            return;
        }
        acknowledging.execute(() -> {
            for (PendingAppend append : appends) {
                if (stored) {
                    append.result().complete(null);
                } else {
                    unavailable(append, "The event store lost its database; nothing of this transaction was stored");
                }
            }
        });
    }

    private static void unavailable(PendingAppend append, String why) {
        if (!append.result().isDone()) {
            append.result().completeExceptionally(ErrorCode.STORE_UNAVAILABLE.failure(why));
        }
    }

    /// Waits with jitter.
    ///
    /// @return how long to wait the next time
    private static long pause(long millis) {
        try {
            Thread.sleep(millis / 2 + ThreadLocalRandom.current().nextLong(millis / 2 + 1));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return Math.min(LAST_RETRY_MILLIS, millis * 2);
    }
}
