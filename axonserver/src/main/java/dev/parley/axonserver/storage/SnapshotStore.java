package dev.parley.axonserver.storage;

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

/// The newest snapshot of each aggregate. Every call blocks: never call it on a transport thread. Thread-safe.
public final class SnapshotStore {

    private static final String STORE = """
            insert into axonserver.snapshot as s (context_id, aggregate_id, sequence_number, event)
            values (?, ?, ?, ?)
            on conflict (context_id, aggregate_id) do update
               set sequence_number = excluded.sequence_number, event = excluded.event
             where excluded.sequence_number >= s.sequence_number""";

    private static final String FIND = """
            select event from axonserver.snapshot
             where context_id = ? and aggregate_id = ? and sequence_number between ? and ?""";

    private static final String PAGE = """
            select event from (
                select event, aggregate_id,
                       sum(octet_length(event)) over (order by aggregate_id) - octet_length(event) as before
                  from axonserver.snapshot
                 where context_id = ? and aggregate_id > ?
                 order by aggregate_id limit ?) page
             where before < ? order by aggregate_id""";

    private static final int PAGE_SNAPSHOTS = 1000;
    private static final int PAGE_BYTES = 2 * 1024 * 1024;

    private final DataSource connections;
    private final short context;
    private final Set<Signal> readers = ConcurrentHashMap.newKeySet();

    SnapshotStore(DataSource connections, short context) {
        this.connections = connections;
        this.context = context;
    }

    /// Keeps the snapshot unless there is a newer one. Committed and flushed when this returns.
    public void store(Event snapshot) throws SQLException {
        try (Connection connection = connections.getConnection();
                PreparedStatement statement = connection.prepareStatement(STORE)) {
            statement.setShort(1, context);
            statement.setString(2, snapshot.getAggregateIdentifier());
            statement.setLong(3, snapshot.getAggregateSequenceNumber());
            statement.setBytes(4, snapshot.toBuilder().setSnapshot(true).build().toByteArray());
            statement.executeUpdate();
        }
        readers.forEach(Signal::raise);
    }

    /// Snapshots in the order of their aggregates' identifiers.
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
                    page.add(EventReads.decode(rows.getBytes(1)));
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
                return row.next() ? EventReads.decode(row.getBytes(1)) : null;
            }
        }
    }
}
