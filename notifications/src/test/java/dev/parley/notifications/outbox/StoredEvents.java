package dev.parley.notifications.outbox;

import dev.parley.axonserver.AxonServerNode;
import dev.parley.messages.Fact;
import dev.parley.messages.serialization.ParleySerializer;
import org.axonframework.axonserver.connector.AxonServerConfiguration;
import org.axonframework.axonserver.connector.AxonServerConnectionManager;
import org.axonframework.axonserver.connector.event.axon.AxonServerEventStore;
import org.axonframework.eventhandling.GenericDomainEventMessage;
import org.axonframework.eventsourcing.snapshotting.SnapshotFilter;
import org.axonframework.serialization.Serializer;

/// Appends facts to a node, as the command side would. What is appended is on disk.
record StoredEvents(AxonServerConnectionManager connections, AxonServerEventStore store) implements AutoCloseable {

    static StoredEvents on(AxonServerNode node) {
        AxonServerConfiguration configuration = AxonServerConfiguration.builder()
                .servers("localhost:" + node.port())
                .componentName("test")
                .build();
        AxonServerConnectionManager connections = AxonServerConnectionManager.builder()
                .axonServerConfiguration(configuration)
                .build();
        connections.start();
        Serializer serializer = ParleySerializer.create();
        return new StoredEvents(
                connections,
                AxonServerEventStore.builder()
                        .configuration(configuration)
                        .platformConnectionManager(connections)
                        .eventSerializer(serializer)
                        .snapshotSerializer(serializer)
                        .snapshotFilter(SnapshotFilter.allowAll())
                        .build());
    }

    void append(String aggregate, long seq, Fact fact) {
        store.publish(new GenericDomainEventMessage<>("Test", aggregate, seq, fact));
    }

    @Override
    public void close() {
        connections.shutdown();
    }
}
