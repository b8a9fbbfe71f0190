package dev.parley.notifications.outbox;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/// The rows as the worker sees them. Thread-safe, and safe between nodes.
interface OutboxStore {

    /// Claims due rows, longest due first; nobody else gets them until they are settled or the lease runs out.
    List<OutboxRow> claim(int most, Duration lease);

    /// Writes outcomes down in one round trip. One that is repeated, or comes after the lease ran out, changes
    /// nothing, except that a row which was sent is sent whoever holds it.
    void settle(List<Settlement> settlements);

    /// Deletes rows that ended longer ago than this.
    ///
    /// @return how many
    int forget(Duration age);

    /// How much waits.
    Depth depth();

    /// How much waits.
    ///
    /// @param due rows that wait for a worker
    /// @param claimed rows that a worker holds
    /// @param oldest when the row was added that waits longest; now, where none waits. Rows that wait for
    ///     credentials do not count
    record Depth(long due, long claimed, Instant oldest) {}
}
