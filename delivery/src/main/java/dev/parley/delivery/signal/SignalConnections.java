package dev.parley.delivery.signal;

import java.sql.Connection;
import java.sql.SQLException;

/// Connections to PostgreSQL that are held for long, so not the pool's.
interface SignalConnections {

    Connection open() throws SQLException;
}
