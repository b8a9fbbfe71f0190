package dev.parley.delivery.presence;

import dev.parley.delivery.DeliveryProperties;
import dev.parley.delivery.signal.NodeId;
import dev.parley.delivery.signal.Pulse;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import org.springframework.jdbc.core.simple.JdbcClient;

/// This node's sign of life in `delivery.node`, in the database's time. It goes over the listening connection, so that
/// a busy pool does not make the node look dead, and a node that hears nothing does not look alive.
final class NodePulse implements Pulse {

    private static final String BEAT = """
            insert into delivery.node as n (id, seen) values (?, now())
            on conflict (id) do update set gap = now() - n.seen, seen = now()
            returning coalesce(extract(epoch from gap), 1e9)
            """;

    private final NodeId self;
    private final DeliveryProperties.Presence times;
    private final JdbcClient jdbc;
    private volatile long steadySince = System.nanoTime();
    private volatile long last = steadySince;

    /// The row is there before the first claim: a beat that has to make it comes after a long death.
    NodePulse(NodeId self, DeliveryProperties.Presence times, JdbcClient jdbc) {
        this.self = self;
        this.times = times;
        this.jdbc = jdbc;
        jdbc.sql("insert into delivery.node (id, seen) values (:id, now())")
                .param("id", self.value())
                .update();
    }

    @Override
    public Duration period() {
        return times.heartbeat();
    }

    @Override
    public boolean beat(Connection connection) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(BEAT)) {
            statement.setObject(1, self.value());
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                boolean regular = row.getDouble(1) * 1_000 < times.dead().toMillis();
                last = System.nanoTime();
                if (!regular) {
                    steadySince = last;
                }
                return regular;
            }
        }
    }

    /// Whether this node has had a pulse for so long that one that has none is dead, and was not merely kept from
    /// PostgreSQL as this one was. It is also the time that clients have to come back after all nodes were away.
    boolean isSteady() {
        long now = System.nanoTime();
        return now - steadySince >= times.dead().toNanos()
                && now - last < times.dead().toNanos();
    }

    /// The node says goodbye, after its claims are removed. What it still has is removed by the others.
    void stop() {
        jdbc.sql("update delivery.node set seen = now() - :dead * interval '1 millisecond' where id = :id")
                .param("dead", times.dead().toMillis())
                .param("id", self.value())
                .update();
    }
}
