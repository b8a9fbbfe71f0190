package dev.parley.axonserver.eventquery;

import dev.parley.axonserver.storage.StoredEvent;
import java.sql.SQLException;

/// What has come of the events that a query has read, and how it gets to the client.
interface QueryResult {

    /// Reads the past, in the order that suits it.
    void past(EventScan scan) throws SQLException;

    /// Takes an event that is newer than all before.
    void add(StoredEvent stored);

    /// Sends what has changed.
    void flush();
}
