package dev.parley.axonserver.eventquery;

import dev.parley.axonserver.storage.EventStorage;
import dev.parley.axonserver.storage.StoredEvent;
import java.sql.SQLException;
import java.util.List;

/// Stored events by position, a page at a time: those of the log by index, or those of an aggregate by sequence
/// number. Every call may block.
sealed interface EventPages {

    /// Events from a position on, without gaps, as many as fit a page.
    ///
    /// @param end position after the last one wanted
    List<StoredEvent> page(long from, long end) throws SQLException;

    long position(StoredEvent event);

    record Log(EventStorage storage) implements EventPages {

        private static final int TAIL_EVENTS = 1000;

        @Override
        public List<StoredEvent> page(long from, long end) throws SQLException {
            List<StoredEvent> recent = storage.tail().read(from, (int) Math.min(TAIL_EVENTS, end - from));
            List<StoredEvent> page = recent.isEmpty() ? storage.reads().page(from, end) : recent;
            if (page.isEmpty() || page.getFirst().index() != from) {
                throw new SQLException("The event log has no event " + from);
            }
            return page;
        }

        @Override
        public long position(StoredEvent event) {
            return event.index();
        }
    }

    record Aggregate(EventStorage storage, String aggregate) implements EventPages {
        @Override
        public List<StoredEvent> page(long from, long end) throws SQLException {
            return storage.reads().aggregatePage(aggregate, from, end - 1);
        }

        @Override
        public long position(StoredEvent event) {
            return event.event().getAggregateSequenceNumber();
        }
    }
}
