package dev.parley.axonserver.storage;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.parley.axonserver.protocol.Signal;
import io.axoniq.axonserver.grpc.event.Event;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/// The newest snapshots of each aggregate. Every call blocks: never call it on a transport thread. Thread-safe.
public final class SnapshotStore {

    /// The snapshots that the new one makes too many go in the same statement, which does not see the new one.
    private static final String STORE = """
            with stored as (
                insert into axonserver.snapshot (context_id, aggregate_id, sequence_number, event)
                values (?, ?, ?, ?)
                on conflict (context_id, aggregate_id, sequence_number) do update set event = excluded.event)
            delete from axonserver.snapshot
             where context_id = ? and aggregate_id = ? and sequence_number < ? and sequence_number <= (
                   select sequence_number from axonserver.snapshot
                    where context_id = ? and aggregate_id = ?
                    order by sequence_number desc offset ? limit 1)""";

    private static final String FIND = """
            select event from axonserver.snapshot
             where context_id = ? and aggregate_id = ? and sequence_number between ? and ?
             order by sequence_number desc limit 1""";

    private static final String PAGE = """
            select event from (
                select event, aggregate_id,
                       sum(octet_length(event)) over (order by aggregate_id) - octet_length(event) as before
                  from (select distinct on (aggregate_id) aggregate_id, event
                          from axonserver.snapshot
                         where context_id = ? and aggregate_id > ?
                         order by aggregate_id, sequence_number desc limit ?) newest) page
             where before < ? order by aggregate_id""";

    private static final int PAGE_SNAPSHOTS = 1000;
    private static final int PAGE_BYTES = 2 * 1024 * 1024;

    private final DataSource connections;
    private final short context;
    private final Set<Signal> readers = ConcurrentHashMap.newKeySet();
    private final int kept;

    /// @param kept how many snapshots an aggregate has at most; one that comes late may be one more
    SnapshotStore(DataSource connections, short context, int kept) {
        this.connections = connections;
        this.context = context;
        this.kept = kept;
    }

    /// Keeps the snapshot, and drops the oldest ones. Committed and flushed when this returns.
    public void store(Event snapshot) throws SQLException {
        String aggregate = snapshot.getAggregateIdentifier();
        long sequence = snapshot.getAggregateSequenceNumber();
        try (Connection connection = connections.getConnection();
                PreparedStatement statement = connection.prepareStatement(STORE)) {
            statement.setShort(1, context);
            statement.setString(2, aggregate);
            statement.setLong(3, sequence);
            statement.setBytes(4, snapshot.toBuilder().setSnapshot(true).build().toByteArray());
            statement.setShort(5, context);
            statement.setString(6, aggregate);
            statement.setLong(7, sequence);
            statement.setShort(8, context);
            statement.setString(9, aggregate);
            statement.setInt(10, kept - 1);
            statement.executeUpdate();
        }
        readers.forEach(Signal::raise);
    }

    /// The newest snapshot of each aggregate, in the order of their aggregates' identifiers.
    ///
    /// @param after identifier before the first; empty for the first of all
    /// @return some; empty if there are no more
    public List<Event> page(String after) throws SQLException {
        try (Connection connection = connections.getConnection();
                PreparedStatement statement = connection.prepareStatement(PAGE)) {
            statement.setShort(1, context);
            statement.setString(2, after);
            statement.setInt(3, PAGE_SNAPSHOTS);
            statement.setLong(4, PAGE_BYTES);
            List<Event> page = new ArrayList<>();
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    page.add(decode(rows.getBytes(1)));
                }
            }
            return page;
        }
    }

    /// Registers a reader, which is signalled whenever a snapshot has been stored.
    public void register(Signal reader) {
        readers.add(reader);
    }

    public void unregister(Signal reader) {
        readers.remove(reader);
    }

    /// The newest one in a range.
    ///
    /// @param from lowest sequence number wanted
    /// @param to highest sequence number wanted
    public @Nullable Event find(String aggregate, long from, long to) throws SQLException {
        try (Connection connection = connections.getConnection();
                PreparedStatement statement = connection.prepareStatement(FIND)) {
            statement.setShort(1, context);
            statement.setString(2, aggregate);
            statement.setLong(3, from);
            statement.setLong(4, to);
            try (ResultSet row = statement.executeQuery()) {
                return row.next() ? decode(row.getBytes(1)) : null;
            }
        }
    }

    private static Event decode(byte[] event) throws SQLException {
        try {
            return Event.parseFrom(event);
        } catch (InvalidProtocolBufferException e) {
            throw new SQLException("The event store holds a snapshot that cannot be read", e);
        }
    }
}
