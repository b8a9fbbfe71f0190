package dev.parley.axonserver.storage;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executor;

/// A connection that may write the log of a context, because it holds the context's advisory lock and its epoch.
///
/// The lock keeps a second writer out while this one's backend lives; the epoch, raised by each new session and
/// checked in every commit, stops a writer that lost the lock without knowing. Belongs to one thread.
final class WriterSession implements AutoCloseable {

    /// First half of the advisory lock's key ("AXON"); the second is the context's id.
    private static final int LOCK_CLASS = 0x41584f4e;

    private static final String LOOK_UP = """
            select wanted.id,
                   (select e.sequence_number from axonserver.event e
                     where e.context_id = ? and e.aggregate_id = wanted.id
                     order by e.sequence_number desc limit 1)
              from unnest(?::text[]) as wanted(id)""";

    /// One statement, so one round trip and one commit: it stores the group only if index and epoch are as expected.
    private static final String STORE = """
            with moved as (
                update axonserver.context set next_index = next_index + ?
                 where id = ? and epoch = ? and next_index = ?
                returning id, next_index - ? as start)
            insert into axonserver.event
                   (context_id, global_index, latest_timestamp, aggregate_id, sequence_number, message_id, event)
            select moved.id, moved.start + n - 1, latest, nullif(aggregate, ''),
                   case when aggregate <> '' then sequence end, message, event
              from moved, unnest(?::bigint[], ?::text[], ?::bigint[], ?::text[], ?::bytea[])
                   with ordinality as t(latest, aggregate, sequence, message, event, n)""";

    private static final String MESSAGES_BETWEEN = """
            select message_id from axonserver.event
             where context_id = ? and global_index >= ? and global_index < ? order by global_index""";

    private static final String MESSAGES_AMONG =
            "select message_id from axonserver.event where context_id = ? and message_id = any(?::text[])";

    private static final String PROBE = "update axonserver.context set epoch = epoch where id = ? and epoch = ?";

    private final Connection connection;
    private final short context;
    private final long epoch;
    private final long nextIndex;
    private long latestTimestamp;

    /// Takes the connection over, also when this fails.
    ///
    /// @throws WriterBusyException if another session holds the lock
    /// @throws SQLException if the database cannot be used
    WriterSession(Connection connection, short context, int statementTimeoutMillis) throws SQLException {
        this.connection = connection;
        this.context = context;
        try {
            connection.setAutoCommit(true);
            Executor direct = Runnable::run;
            connection.setNetworkTimeout(direct, statementTimeoutMillis);
            try (Statement statement = connection.createStatement()) {
                statement.execute("set synchronous_commit = on");
            }
            lock();
            try (Statement statement = connection.createStatement();
                    ResultSet row = statement.executeQuery("update axonserver.context set epoch = epoch + 1 where id = "
                            + context + " returning epoch, next_index")) {
                row.next();
                epoch = row.getLong(1);
                nextIndex = row.getLong(2);
            }
            latestTimestamp = readLatestTimestamp();
        } catch (SQLException | RuntimeException e) {
            close();
            throw e;
        }
    }

    /// The index of the next event, as read when the session began.
    long nextIndex() {
        return nextIndex;
    }

    /// Stores a group in one commit.
    ///
    /// @return false if another writer has taken over: nothing was stored, and this session is of no more use
    /// @throws SQLException see [StoreOutcome] for what that means
    boolean store(AppendGroup group) throws SQLException {
        int count = group.events().size();
        long[] latest = new long[count];
        String[] aggregates = new String[count];
        long[] sequences = new long[count];
        byte[][] encoded = new byte[count][];
        long newest = latestTimestamp;
        for (int i = 0; i < count; i++) {
            NewEvent event = group.events().get(i);
            newest = Math.max(newest, event.timestamp());
            latest[i] = newest;
            aggregates[i] = event.aggregate();
            sequences[i] = event.sequence();
            encoded[i] = event.bytes();
        }
        try (PreparedStatement statement = connection.prepareStatement(STORE)) {
            statement.setInt(1, count);
            statement.setShort(2, context);
            statement.setLong(3, epoch);
            statement.setLong(4, group.start());
            statement.setInt(5, count);
            statement.setObject(6, latest);
            statement.setObject(7, aggregates);
            statement.setObject(8, sequences);
            statement.setObject(9, messages(group.events()));
            statement.setObject(10, encoded);
            if (statement.executeUpdate() != count) {
                return false;
            }
        }
        latestTimestamp = newest;
        return true;
    }

    /// Whether exactly this group is in the log: how the outcome of a commit is found out that nobody reported.
    boolean holds(AppendGroup group) throws SQLException {
        if (nextIndex < group.end()) {
            return false;
        }
        List<String> there = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement(MESSAGES_BETWEEN)) {
            statement.setShort(1, context);
            statement.setLong(2, group.start());
            statement.setLong(3, group.end());
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    there.add(rows.getString(1));
                }
            }
        }
        return there.equals(Arrays.asList(messages(group.events())));
    }

    /// Those of the events' message identifiers that are stored already.
    Set<String> stored(List<NewEvent> events) throws SQLException {
        Set<String> stored = new HashSet<>();
        try (PreparedStatement statement = connection.prepareStatement(MESSAGES_AMONG)) {
            statement.setShort(1, context);
            statement.setObject(2, messages(events));
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    stored.add(rows.getString(1));
                }
            }
        }
        return stored;
    }

    /// Commits a change that changes nothing.
    ///
    /// @return false if another writer has taken over
    /// @throws SQLException if nothing can be written
    boolean probe() throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(PROBE)) {
            statement.setShort(1, context);
            statement.setLong(2, epoch);
            return statement.executeUpdate() == 1;
        }
    }

    /// The next sequence number of each of the aggregates.
    Map<String, Long> nextSequences(Collection<String> aggregates) throws SQLException {
        Map<String, Long> next = new HashMap<>();
        try (PreparedStatement statement = connection.prepareStatement(LOOK_UP)) {
            statement.setShort(1, context);
            statement.setObject(2, aggregates.toArray(new String[0]));
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    long following = rows.getLong(2) + 1;
                    boolean none = rows.wasNull();
                    next.put(rows.getString(1), none ? 0 : following);
                }
            }
        }
        return next;
    }

    /// Gives the lock back. A connection that is broken is dropped; its backend's end releases the lock.
    @Override
    public void close() {
        try (connection;
                Statement statement = connection.createStatement()) {
            statement.execute("select pg_advisory_unlock_all()");
        } catch (SQLException e) {
            abort();
        }
    }

    private static String[] messages(List<NewEvent> events) {
        String[] messages = new String[events.size()];
        for (int i = 0; i < messages.length; i++) {
            messages[i] = events.get(i).message();
        }
        return messages;
    }

    private void abort() {
        try {
            connection.abort(Runnable::run);
        } catch (SQLException e) {
            // Already closed: there is nothing left to release.
        }
    }

    private void lock() throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row =
                        statement.executeQuery("select pg_try_advisory_lock(" + LOCK_CLASS + ", " + context + ")")) {
            row.next();
            if (!row.getBoolean(1)) {
                throw new WriterBusyException();
            }
        }
    }

    private long readLatestTimestamp() throws SQLException {
        String sql = "select global_index, latest_timestamp from axonserver.event where context_id = " + context
                + " order by global_index desc limit 1";
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            boolean some = row.next();
            long next = some ? row.getLong(1) + 1 : 0;
            if (next != nextIndex) {
                throw new IllegalStateException("The event store is damaged: its last event is " + (next - 1)
                        + " but its head says " + (nextIndex - 1) + "; restore it from a backup");
            }
            return some ? row.getLong(2) : Long.MIN_VALUE;
        }
    }
}
