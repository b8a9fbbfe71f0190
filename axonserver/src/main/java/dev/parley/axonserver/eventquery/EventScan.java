package dev.parley.axonserver.eventquery;

import dev.parley.axonserver.storage.EventStorage;
import dev.parley.axonserver.storage.StoredEvent;
import java.sql.SQLException;
import java.util.List;

/// Reads the past for a query: what was stored before it began, within the range that its filters and time windows
/// leave. Aggregates and times are looked up in the indexes.
///
/// @param from first position
/// @param end position after the last
/// @param head index of the first event that is not of the past
record EventScan(EventPages pages, EventRange range, long from, long end, long head) {

    /// How many events are asked for at once, going backwards.
    private static final int SPAN = 1000;

    interface Events {
        /// @param page in order
        /// @return false to read no further
        boolean take(List<StoredEvent> page);
    }

    static EventScan of(EventStorage storage, EventRange range, long head) throws SQLException {
        if (range.aggregate() != null && !range.aggregate().isEmpty()) {
            long last = storage.reads().highestSequence(range.aggregate());
            return new EventScan(new EventPages.Aggregate(storage, range.aggregate()), range, 0, last + 1, head);
        }
        long end = Math.min(range.end(), head);
        long from = Math.min(range.from(), end);
        if (range.since() > Long.MIN_VALUE && from < end) {
            from = Math.max(from, storage.reads().firstSince(range.since(), end));
        }
        return new EventScan(new EventPages.Log(storage), range, from, end, head);
    }

    /// From the oldest page to the newest.
    void forward(Events events) throws SQLException {
        long next = from;
        while (next < end) {
            List<StoredEvent> page = pages.page(next, end);
            if (page.isEmpty() || !events.take(page)) {
                return;
            }
            next = pages.position(page.getLast()) + 1;
        }
    }

    /// From the newest page to the oldest. Where events are large, a page holds fewer than were asked for, and then
    /// less is asked for.
    void backward(Events events) throws SQLException {
        long before = end;
        long span = SPAN;
        while (before > from) {
            long first = Math.max(from, before - span);
            List<StoredEvent> page = pages.page(first, before);
            if (page.isEmpty()) {
                before = first;
            } else if (span > 1 && pages.position(page.getLast()) < before - 1) {
                span = Math.max(1, Math.min(span / 2, page.size() / 2));
            } else {
                if (!events.take(page)) {
                    return;
                }
                before = first;
                span = Math.min(SPAN, span * 2);
            }
        }
    }

    /// Whether an event belongs to the past that the query asks for.
    boolean wants(StoredEvent stored) {
        return stored.index() < head && inTime(range, stored);
    }

    static boolean inTime(EventRange range, StoredEvent stored) {
        return stored.event().getTimestamp() >= range.since();
    }
}
