package dev.parley.axonserver.storage;

import dev.parley.axonserver.protocol.ErrorCode;
import dev.parley.axonserver.protocol.Meters;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/// The events and snapshots of one context.
public final class EventStorage implements AutoCloseable {

    private static final long EXPIRY_MILLIS = 250;
    private static final int STATEMENT_TIMEOUT_FACTOR = 2;

    private final StorageProperties limits;
    private final AppendQueue queue;
    private final EventTail tail;
    private final EventReads reads;
    private final SnapshotStore snapshots;
    private final ScheduleStore schedules;
    private final OpenAppends openAppends;
    private final EventWriter writer;
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("axonserver-expiry").daemon().factory());

    private EventStorage(short context, StorageProperties limits, StorageConnections connections, Meters meters) {
        this.limits = limits;
        queue = new AppendQueue(limits.queuedAppends(), limits.queuedBytes().toBytes());
        tail = new EventTail(
                limits.tailEvents(),
                limits.tailBytes().toBytes(),
                limits.pageBytes().toBytes());
        reads = new EventReads(
                connections.readers(), context, limits.pageBytes().toBytes());
        snapshots = new SnapshotStore(connections.readers(), context, limits.snapshots());
        schedules = new ScheduleStore(
                connections.readers(), context, limits.pageBytes().toBytes());
        openAppends = new OpenAppends(limits.openBytes().toBytes(), limits.openTimeout());
        StorageMeters stored = new StorageMeters(meters);
        stored.watch(queue, tail, connections);
        stored.watch(openAppends);
        int timeout = Math.toIntExact(limits.appendTimeout().toMillis() * STATEMENT_TIMEOUT_FACTOR);
        writer = new EventWriter(
                queue,
                tail,
                () -> new WriterSession(connections.writer(), context, timeout),
                limits,
                new Answers(stored));
    }

    /// Opens the store of a context, and makes it if it is new. The tables must exist.
    ///
    /// @param context its name
    /// @param wait how long to wait for a predecessor to let go of the store
    /// @throws SQLException if the database cannot be used, or another node writes to it ([WriterBusyException])
    public static EventStorage open(
            String context, StorageProperties limits, StorageConnections connections, Duration wait, Meters meters)
            throws SQLException {
        short id = new ContextTable(connections.readers()).idOf(context);
        EventStorage storage = new EventStorage(id, limits, connections, meters);
        try {
            storage.writer.start(wait);
        } catch (SQLException | RuntimeException e) {
            storage.clock.shutdownNow();
            throw e;
        }
        ScheduledFuture<?> _ = storage.clock.scheduleWithFixedDelay(
                storage::expire, EXPIRY_MILLIS, EXPIRY_MILLIS, TimeUnit.MILLISECONDS);
        return storage;
    }

    /// Stores events, all or none. Never blocks.
    ///
    /// @return completes when they are committed and flushed. Fails with a status that says why: the sequence does
    /// not fit, the store is full or unreachable. It is done soon after [StorageProperties#appendTimeout()] at the
    /// latest.
    public CompletableFuture<Void> append(List<NewEvent> events) {
        PendingAppend append = PendingAppend.of(events, limits.appendTimeout().toNanos());
        if (!queue.offer(append)) {
            append.fail(ErrorCode.STORE_UNAVAILABLE.failure(
                    "Too many transactions are waiting; nothing of this one was stored"));
        }
        return append.result();
    }

    /// Whether events can be stored now: the log is held, and the last attempt to write did not fail.
    public boolean writable() {
        return writer.writable();
    }

    public StorageProperties limits() {
        return limits;
    }

    public EventTail tail() {
        return tail;
    }

    public EventReads reads() {
        return reads;
    }

    public SnapshotStore snapshots() {
        return snapshots;
    }

    public ScheduleStore schedules() {
        return schedules;
    }

    /// What the transactions hold that are not committed by their clients yet.
    public OpenAppends openAppends() {
        return openAppends;
    }

    /// Stores what was accepted and gives the writer's lock back.
    @Override
    public void close() {
        writer.close();
        clock.shutdownNow();
    }

    private void expire() {
        writer.expire();
        openAppends.expire();
    }
}
