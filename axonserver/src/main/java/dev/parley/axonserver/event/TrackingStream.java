package dev.parley.axonserver.event;

import dev.parley.axonserver.storage.EventReads;
import dev.parley.axonserver.storage.EventStorage;
import dev.parley.axonserver.storage.EventTail;
import dev.parley.axonserver.storage.StoredEvent;
import io.axoniq.axonserver.grpc.event.GetEventsRequest;
import io.axoniq.axonserver.grpc.event.PayloadDescription;
import io.grpc.stub.ServerCallStreamObserver;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/// The log from an index on, without end. It sends no more than the client has granted permits for, and leaves out
/// payload types that the client does not want, except one in [#MAX_SKIPPED] so that the client's token moves on.
final class TrackingStream extends EventStream<StoredEvent> {

    /// How many unwanted events in a row are left out.
    static final int MAX_SKIPPED = 1000;

    private static final int PAGE_EVENTS = 256;

    private final EventTail tail;
    private final EventReads reads;
    private final AtomicLong permits = new AtomicLong();
    private final Set<PayloadDescription> unwanted = ConcurrentHashMap.newKeySet();
    private volatile long next;
    private int skipped;

    TrackingStream(EventStorage storage, ServerCallStreamObserver<StoredEvent> out) {
        super(out);
        this.tail = storage.tail();
        this.reads = storage.reads();
    }

    /// @param index of the first event to send; to be set before the stream starts
    void from(long index) {
        next = index;
    }

    /// Takes what a request brings besides the token: permits, and payload types to leave out. Any thread.
    void accept(GetEventsRequest request) {
        unwanted.addAll(request.getBlacklistList());
        permits.accumulateAndGet(
                Math.max(0, request.getNumberOfPermits()),
                (have, more) -> have + more < 0 ? Long.MAX_VALUE : have + more);
        signal().raise();
    }

    /// How many committed events it has not come to yet.
    long lag() {
        return Math.max(0, tail.next() - next);
    }

    @Override
    boolean ready() {
        return permits.get() > 0 && super.ready();
    }

    @Override
    void send() throws SQLException {
        tail.register(signal());
        try {
            while (awaitReady()) {
                if (next >= tail.next()) {
                    signal().await();
                } else {
                    send(page());
                }
            }
        } finally {
            tail.unregister(signal());
        }
    }

    private List<StoredEvent> page() throws SQLException {
        List<StoredEvent> recent = tail.read(next, PAGE_EVENTS);
        if (!recent.isEmpty()) {
            return recent;
        }
        List<StoredEvent> older = reads.page(next, tail.next());
        if (older.isEmpty() || older.getFirst().index() != next) {
            throw new SQLException("The event log has no event " + next);
        }
        return older;
    }

    private void send(List<StoredEvent> page) {
        for (StoredEvent stored : page) {
            if (leaveOut(stored)) {
                skipped++;
            } else {
                if (!awaitReady()) {
                    return;
                }
                skipped = 0;
                permits.decrementAndGet();
                emit(stored);
            }
            next = stored.index() + 1;
        }
    }

    private boolean leaveOut(StoredEvent event) {
        return !unwanted.isEmpty() && skipped < MAX_SKIPPED - 1 && unwanted.contains(EventWire.payload(event));
    }
}
