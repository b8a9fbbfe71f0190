package dev.parley.axonserver.storage;

import dev.parley.axonserver.protocol.Meters;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;

/// Meters `parley.axonserver.*` of the store.
final class StorageMeters {

    private final Meters meters;
    private final Counter appends;
    private final Counter events;
    private final DistributionSummary groups;

    StorageMeters(Meters meters) {
        this.meters = meters;
        appends = meters.counter("appends", "Transactions committed");
        events = meters.counter("events", "Events committed");
        groups = meters.summary("group.size", "Transactions in one commit");
    }

    void stored(AppendGroup group) {
        appends.increment(group.appends().size());
        events.increment(group.events().size());
        groups.record(group.appends().size());
    }

    void watch(AppendQueue queue, EventTail tail, StorageConnections connections) {
        meters.gauge("append.queue", "Transactions that wait for the writer", queue, AppendQueue::size);
        meters.gauge("head", "Index of the next event", tail, EventTail::next);
        meters.gauge(
                "readers.busy",
                "Connections in use by reads, of all contexts",
                connections,
                StorageConnections::busyReaders);
    }
}
