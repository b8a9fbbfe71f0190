package dev.parley.delivery.signal;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;

/// What is done now and then on the connection that listens. It proves that the connection lives.
public interface Pulse {

    Duration period();

    /// @return false if this node was without a pulse for so long that others may have given it up
    boolean beat(Connection connection) throws SQLException;
}
