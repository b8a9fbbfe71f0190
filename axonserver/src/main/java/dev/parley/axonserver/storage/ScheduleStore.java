package dev.parley.axonserver.storage;

import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.OptionalLong;
import javax.sql.DataSource;

/// The events of one context that are to be published at a time. Changes are committed and flushed when a call returns.
/// Every call blocks: never call it on a transport thread. Thread-safe.
public final class ScheduleStore {

    private static final String ADD = """
            insert into axonserver.schedule (context_id, token, due, message_id, event)
            select ?, ?, ?, ?, ?
             where not exists (select from axonserver.event where context_id = ? and message_id = ?)
            on conflict do nothing""";

    private static final String REMOVE =
            "delete from axonserver.schedule where context_id = ? and token = any(?::text[])";

    private static final String FIRST = """
            select due from axonserver.schedule
             where context_id = ? and problem is null order by due, number limit 1""";

    private static final String DUE = """
            select token, due, event from (
                select token, due, number, event,
                       sum(octet_length(event)) over (order by due, number) - octet_length(event) as before
                  from axonserver.schedule
                 where context_id = ? and problem is null and due <= ?
                 order by due, number limit ?) page
             where before < ? order by due, number""";

    private static final String REMOVE_PUBLISHED = """
            delete from axonserver.schedule s
             where context_id = ? and token = any(?::text[]) and exists (
                   select from axonserver.event e
                    where e.context_id = s.context_id and e.message_id = s.message_id)""";

    private static final String FAIL = "update axonserver.schedule set problem = ? where context_id = ? and token = ?";

    private static final int PAGE_EVENTS = 256;

    private final DataSource connections;
    private final short context;
    private final long pageBytes;

    ScheduleStore(DataSource connections, short context, long pageBytes) {
        this.connections = connections;
        this.context = context;
        this.pageBytes = pageBytes;
    }

    /// Adds an event, and removes the one it stands for in the same commit.
    ///
    /// @param replaced token of that one, which may be unknown or empty; it stays if the new one is refused
    /// @return false if an event of the same identifier is stored or scheduled
    public boolean add(ScheduledEvent scheduled, String replaced) throws SQLException {
        String message = scheduled.event().message();
        try (Connection connection = connections.getConnection();
                PreparedStatement remove = connection.prepareStatement(REMOVE);
                PreparedStatement add = connection.prepareStatement(ADD)) {
            connection.setAutoCommit(false);
            if (!replaced.isEmpty()) {
                remove(remove, List.of(replaced));
            }
            add.setShort(1, context);
            add.setString(2, scheduled.token());
            add.setLong(3, scheduled.due());
            add.setString(4, message);
            add.setBytes(5, scheduled.event().bytes());
            add.setShort(6, context);
            add.setString(7, message);
            boolean added = add.executeUpdate() == 1;
            if (added) {
                connection.commit();
            } else {
                connection.rollback();
            }
            return added;
        }
    }

    /// Tokens that are unknown are left alone.
    public void remove(Collection<String> tokens) throws SQLException {
        try (Connection connection = connections.getConnection();
                PreparedStatement remove = connection.prepareStatement(REMOVE)) {
            remove(remove, tokens);
        }
    }

    /// When the first event is due; empty if there is none.
    public OptionalLong firstDue() throws SQLException {
        try (Connection connection = connections.getConnection();
                PreparedStatement statement = connection.prepareStatement(FIRST)) {
            statement.setShort(1, context);
            try (ResultSet row = statement.executeQuery()) {
                return row.next() ? OptionalLong.of(row.getLong(1)) : OptionalLong.empty();
            }
        }
    }

    /// The first of the events that are due by an instant, in the order in which they are due: a page of them.
    public List<ScheduledEvent> due(long instantMillis) throws SQLException {
        List<ScheduledEvent> due = new ArrayList<>();
        try (Connection connection = connections.getConnection();
                PreparedStatement statement = connection.prepareStatement(DUE)) {
            statement.setShort(1, context);
            statement.setLong(2, instantMillis);
            statement.setInt(3, PAGE_EVENTS);
            statement.setLong(4, pageBytes);
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    due.add(new ScheduledEvent(rows.getString(1), rows.getLong(2), NewEvent.parse(rows.getBytes(3))));
                }
            }
        } catch (IOException e) {
            throw new SQLException("The schedule holds an event that cannot be read", e);
        }
        return due;
    }

    /// Removes those whose events are in the log.
    ///
    /// @return how many there were
    public int removePublished(Collection<String> tokens) throws SQLException {
        try (Connection connection = connections.getConnection();
                PreparedStatement remove = connection.prepareStatement(REMOVE_PUBLISHED)) {
            return remove(remove, tokens);
        }
    }

    /// Takes an event out of the schedule that can never be published; it stays in the table.
    public void fail(ScheduledEvent scheduled, String problem) throws SQLException {
        try (Connection connection = connections.getConnection();
                PreparedStatement statement = connection.prepareStatement(FAIL)) {
            statement.setString(1, problem);
            statement.setShort(2, context);
            statement.setString(3, scheduled.token());
            statement.executeUpdate();
        }
    }

    private int remove(PreparedStatement remove, Collection<String> tokens) throws SQLException {
        remove.setShort(1, context);
        remove.setObject(2, tokens.toArray(new String[0]));
        return remove.executeUpdate();
    }
}
