package dev.parley.axonserver.storage;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;

/// Meters `parley.axonserver.*` of the store.
final class StorageMeters {

    private final MeterRegistry registry;
    private final Counter appends;
    private final Counter events;
    private final DistributionSummary groups;

    StorageMeters(MeterRegistry registry) {
        this.registry = registry;
        appends = Counter.builder("parley.axonserver.appends")
                .description("Transactions committed")
                .register(registry);
        events = Counter.builder("parley.axonserver.events")
                .description("Events committed")
                .register(registry);
        groups = DistributionSummary.builder("parley.axonserver.group.size")
                .description("Transactions in one commit")
                .register(registry);
    }

    void stored(AppendGroup group) {
        appends.increment(group.appends().size());
        events.increment(group.events().size());
        groups.record(group.appends().size());
    }

    void watch(AppendQueue queue, EventTail tail, StorageConnections connections) {
        registry.gauge("parley.axonserver.append.queue", queue, AppendQueue::size);
        registry.gauge("parley.axonserver.head", tail, EventTail::next);
        registry.gauge("parley.axonserver.readers.busy", connections, StorageConnections::busyReaders);
    }
}
