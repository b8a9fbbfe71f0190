package dev.parley.axonserver.storage;

import dev.parley.axonserver.protocol.ErrorCode;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
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
    private final Answers answers;
    private final Sequences sequences;
    private final Thread thread = Thread.ofPlatform().name("axonserver-writer").unstarted(this);

    private @Nullable WriterSession session;
    private @Nullable AppendGroup doubtful;
    private volatile List<PendingAppend> underWay = List.of();
    private volatile boolean writable;
    private volatile boolean closing;

    EventWriter(AppendQueue queue, EventTail tail, Sessions sessions, StorageProperties limits, Answers answers) {
        this.queue = queue;
        this.tail = tail;
        this.sessions = sessions;
        this.limits = limits;
        this.answers = answers;
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

    /// Whether it has the log, and the last attempt to write did not fail.
    boolean writable() {
        return writable;
    }

    /// Answers whatever is past its deadline. To be called now and then by another thread: the writer itself may be
    /// stuck in a connection that does not answer.
    void expire() {
        long now = System.nanoTime();
        for (PendingAppend append : queue.expired(now)) {
            Answers.unavailable(append, "The event store is not reachable; nothing of this transaction was stored");
        }
        for (PendingAppend append : underWay) {
            if (append.deadline() - now <= 0 && !append.result().isDone()) {
                writable = false;
                Answers.unavailable(append, Answers.UNKNOWN);
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
                work();
                retry = writable ? FIRST_RETRY_MILLIS : pause(retry);
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
        writable = false;
        answers.unavailable(queue.takeAll(), Answers.NOT_STORED);
        answers.unavailable(underWay, Answers.UNKNOWN);
        answers.close();
    }

    private void takeOver() throws SQLException {
        WriterSession opened = sessions.open();
        AppendGroup unsettled = doubtful;
        boolean landed;
        try {
            landed = unsettled != null && opened.holds(unsettled);
        } catch (SQLException | RuntimeException e) {
            opened.close();
            throw e;
        }
        session = opened;
        doubtful = null;
        sequences.forget();
        tail.reset(opened.nextIndex());
        if (unsettled != null && landed) {
            answers.stored(unsettled);
        }
        answers.unavailable(underWay, Answers.NOT_STORED);
        underWay = List.of();
        writable = true;
    }

    private void work() throws SQLException, InterruptedException {
        List<PendingAppend> appends =
                queue.take(limits.groupEvents(), limits.groupBytes().toBytes(), IDLE_MILLIS);
        if (!appends.isEmpty()) {
            underWay = appends;
            write(appends);
            underWay = List.of();
        } else if (!writable) {
            probe();
        }
    }

    private void write(List<PendingAppend> appends) throws SQLException {
        WriterSession current = current();
        AppendGroup group = sequences.number(appends, tail.next(), current::nextSequences);
        if (group.isEmpty()) {
            sequences.failed(group);
            answers.refused(group.conflicts());
            return;
        }
        doubtful = group;
        boolean stored;
        try {
            stored = current.store(group);
        } catch (SQLException e) {
            StoreOutcome outcome = StoreOutcome.of(e);
            if (outcome == StoreOutcome.UNKNOWN) {
                throw e;
            }
            doubtful = null;
            sequences.failed(group);
            if (outcome == StoreOutcome.REFUSED) {
                sortOut(appends, group.assumed(), e);
            } else {
                writable = false;
                LOG.atWarn()
                        .setCause(e)
                        .addKeyValue("events", group.events().size())
                        .log("A group was not stored");
                answers.unavailable(appends, Answers.NOT_STORED);
            }
            return;
        }
        if (!stored) {
            doubtful = null;
            throw replaced();
        }
        sequences.committed(group);
        tail.publish(group.stored());
        doubtful = null;
        answers.stored(group);
        writable = true;
    }

    /// Stores again what the server refused, without the transactions that are to blame.
    ///
    /// @param assumed whether it may be because an aggregate is not new: then everything is looked up first
    private void sortOut(List<PendingAppend> appends, boolean assumed, SQLException refusal) throws SQLException {
        if (assumed) {
            sequences.beCareful();
            write(appends);
            return;
        }
        boolean taken = "23505".equals(refusal.getSQLState());
        List<PendingAppend> good = taken ? new ArrayList<>() : List.of();
        List<PendingAppend> bad = taken ? new ArrayList<>() : appends;
        if (taken) {
            Set<String> seen = current()
                    .stored(appends.stream()
                            .flatMap(append -> append.events().stream())
                            .toList());
            for (PendingAppend append : appends) {
                Set<String> own = new HashSet<>();
                boolean unique = append.events().stream()
                        .allMatch(event -> !seen.contains(event.message()) && own.add(event.message()));
                (unique ? good : bad).add(append);
                seen.addAll(own);
            }
        }
        if (!bad.isEmpty() && (taken || appends.size() == 1)) {
            answers.refused(
                    bad,
                    ErrorCode.VALIDATION_FAILED.failure(
                            taken
                                    ? "An event with one of these identifiers is already stored"
                                    : "The database refuses one of these events"));
            if (!good.isEmpty()) {
                write(good);
            }
        } else if (appends.size() == 1) {
            throw refusal;
        } else {
            int half = appends.size() / 2;
            write(appends.subList(0, half));
            write(appends.subList(half, appends.size()));
        }
    }

    private void probe() throws SQLException {
        try {
            if (!current().probe()) {
                throw replaced();
            }
            writable = true;
        } catch (SQLException e) {
            if (StoreOutcome.of(e) != StoreOutcome.ROLLED_BACK) {
                throw e;
            }
        }
    }

    private WriterSession current() throws SQLException {
        WriterSession current = session;
        if (current == null) {
            throw new SQLException("There is no connection");
        }
        return current;
    }

    private static SQLException replaced() {
        return new SQLException("Another writer has taken the event log over");
    }

    private void abandon(Exception e) {
        if (session != null) {
            LOG.atWarn().addKeyValue("reason", e.getMessage()).log("The event writer lost its connection");
        }
        writable = false;
        dropSession();
        if (doubtful == null) {
            answers.unavailable(underWay, Answers.NOT_STORED);
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
