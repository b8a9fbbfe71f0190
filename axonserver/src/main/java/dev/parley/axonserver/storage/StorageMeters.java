package dev.parley.axonserver.storage;

import dev.parley.axonserver.protocol.Meters;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Timer;
import java.util.concurrent.TimeUnit;

/// Meters `parley.axonserver.*` of the store.
final class StorageMeters {

    private final Meters meters;
    private final Counter appends;
    private final Counter events;
    private final DistributionSummary groups;
    private final Timer latency;

    StorageMeters(Meters meters) {
        this.meters = meters;
        appends = meters.counter("appends", "Transactions committed");
        events = meters.counter("events", "Events committed");
        groups = meters.summary("group.size", "Transactions in one commit");
        latency = meters.timer("append.latency", "From when a transaction was complete until it was acknowledged");
    }

    void stored(AppendGroup group) {
        appends.increment(group.appends().size());
        events.increment(group.events().size());
        groups.record(group.appends().size());
    }

    void acknowledged(long nanos) {
        latency.record(nanos, TimeUnit.NANOSECONDS);
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

    void watch(OpenAppends open) {
        meters.gauge(
                "append.open", "Bytes in transactions that their clients have not committed", open, OpenAppends::bytes);
    }
}
