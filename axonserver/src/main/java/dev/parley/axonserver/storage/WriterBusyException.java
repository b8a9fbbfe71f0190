package dev.parley.axonserver.storage;

import java.sql.SQLException;

/// Another session holds the writer's lock: another node on the same database, or the backend of a connection that
/// was lost and has not noticed yet. Try again.
public final class WriterBusyException extends SQLException {

    WriterBusyException() {
        super("Another Axon Server node is writing to this database");
    }
}
