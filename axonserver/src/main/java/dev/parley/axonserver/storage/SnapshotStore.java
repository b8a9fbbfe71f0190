package dev.parley.axonserver.storage;

import io.axoniq.axonserver.grpc.event.Event;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
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

    private final DataSource connections;
    private final short context;

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
