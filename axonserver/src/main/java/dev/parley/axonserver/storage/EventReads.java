package dev.parley.axonserver.storage;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;

/// Reads of the log of one context. Every call borrows a connection for one statement and blocks: never call it on a
/// transport thread. Pages end after a number of events or of bytes, whichever comes first, but hold at least one
/// event if there is one. Thread-safe.
public final class EventReads {

    private static final String PAGE = """
            select global_index, event from (
                select global_index, event,
                       sum(octet_length(event)) over (order by global_index) - octet_length(event) as before
                  from axonserver.event
                 where context_id = ? and global_index >= ? and global_index < ?
                 order by global_index limit ?) page
             where before < ? order by global_index""";

    private static final String AGGREGATE_PAGE = """
            select global_index, event from (
                select global_index, event, sequence_number,
                       sum(octet_length(event)) over (order by sequence_number) - octet_length(event) as before
                  from axonserver.event
                 where context_id = ? and aggregate_id = ? and sequence_number >= ? and sequence_number <= ?
                 order by sequence_number limit ?) page
             where before < ? order by sequence_number""";

    private static final String HIGHEST = """
            select sequence_number from axonserver.event
             where context_id = ? and aggregate_id = ? order by sequence_number desc limit 1""";

    private static final String LATEST_AT =
            "select latest_timestamp from axonserver.event where context_id = ? and global_index = ?";

    private static final int PAGE_EVENTS = 1000;

    private final DataSource readers;
    private final short context;
    private final long pageBytes;

    EventReads(DataSource readers, short context, long pageBytes) {
        this.readers = readers;
        this.context = context;
        this.pageBytes = pageBytes;
    }

    /// A page of the log.
    ///
    /// @param from index of the first event
    /// @param end index after the last event; at most the head, so that nothing is seen that is not published
    public List<StoredEvent> page(long from, long end) throws SQLException {
        try (Connection connection = readers.getConnection();
                PreparedStatement statement = connection.prepareStatement(PAGE)) {
            statement.setShort(1, context);
            statement.setLong(2, from);
            statement.setLong(3, end);
            return events(statement, 4);
        }
    }

    /// A page of one aggregate's events.
    ///
    /// @param last the last sequence number wanted
    public List<StoredEvent> aggregatePage(String aggregate, long from, long last) throws SQLException {
        try (Connection connection = readers.getConnection();
                PreparedStatement statement = connection.prepareStatement(AGGREGATE_PAGE)) {
            statement.setShort(1, context);
            statement.setString(2, aggregate);
            statement.setLong(3, from);
            statement.setLong(4, last);
            return events(statement, 5);
        }
    }

    /// The sequence number of an aggregate's last event; -1 if it has none.
    public long highestSequence(String aggregate) throws SQLException {
        try (Connection connection = readers.getConnection();
                PreparedStatement statement = connection.prepareStatement(HIGHEST)) {
            statement.setShort(1, context);
            statement.setString(2, aggregate);
            try (ResultSet row = statement.executeQuery()) {
                return row.next() ? row.getLong(1) : -1;
            }
        }
    }

    /// The index of the first event whose timestamp is at or after an instant; `head` if there is none.
    ///
    /// @param head the index after the last event
    public long firstSince(long instantMillis, long head) throws SQLException {
        long low = 0;
        long high = head;
        try (Connection connection = readers.getConnection();
                PreparedStatement statement = connection.prepareStatement(LATEST_AT)) {
            while (low < high) {
                long middle = (low + high) >>> 1;
                statement.setShort(1, context);
                statement.setLong(2, middle);
                try (ResultSet row = statement.executeQuery()) {
                    if (!row.next()) {
                        throw new SQLException("The event log has no event " + middle);
                    }
                    if (row.getLong(1) >= instantMillis) {
                        high = middle;
                    } else {
                        low = middle + 1;
                    }
                }
            }
        }
        return low;
    }

    private List<StoredEvent> events(PreparedStatement statement, int limitParameter) throws SQLException {
        statement.setInt(limitParameter, PAGE_EVENTS);
        statement.setLong(limitParameter + 1, pageBytes);
        List<StoredEvent> events = new ArrayList<>();
        try (ResultSet rows = statement.executeQuery()) {
            while (rows.next()) {
                events.add(new StoredEvent(rows.getLong(1), rows.getBytes(2)));
            }
        }
        return events;
    }
}
