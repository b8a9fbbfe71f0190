package dev.parley.axonserver.eventquery;

import dev.parley.axonserver.storage.EventStorage;
import dev.parley.axonserver.storage.StoredEvent;
import java.sql.SQLException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/// Goes on with new events after the past, until the query is ended. What changes in the meantime is sent together,
/// so that a busy store costs a query with many groups no more than a bounded share of a processor.
record LiveEvents(EventStorage storage, Outlet outlet) {

    private static final long FLUSH_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    /// @param head index of the first event that is new
    void follow(QueryResult result, long head) throws SQLException {
        EventPages log = new EventPages.Log(storage);
        storage.tail().register(outlet.signal());
        try {
            long next = head;
            long flushed = System.nanoTime() - FLUSH_NANOS;
            while (outlet.open()) {
                long end = storage.tail().next();
                if (next < end) {
                    pause(flushed + FLUSH_NANOS);
                    end = storage.tail().next();
                    next = take(log, result, next, end);
                    result.flush();
                    flushed = System.nanoTime();
                } else {
                    outlet.signal().await();
                }
            }
        } finally {
            storage.tail().unregister(outlet.signal());
        }
    }

    private long take(EventPages log, QueryResult result, long from, long end) throws SQLException {
        long next = from;
        while (next < end && outlet.open()) {
            for (StoredEvent stored : log.page(next, end)) {
                result.add(stored);
                next = stored.index() + 1;
            }
        }
        return next;
    }

    private void pause(long until) {
        long left = until - System.nanoTime();
        while (left > 0 && outlet.open()) {
            LockSupport.parkNanos(this, left);
            left = until - System.nanoTime();
        }
    }
}
