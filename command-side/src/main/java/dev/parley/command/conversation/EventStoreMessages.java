package dev.parley.command.conversation;

import dev.parley.messages.ConversationId;
import io.axoniq.axonserver.connector.event.AggregateEventStream;
import org.axonframework.axonserver.connector.AxonServerConnectionManager;
import org.axonframework.axonserver.connector.event.axon.GrpcBackedDomainEventData;
import org.axonframework.config.Configuration;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventsourcing.EventStreamUtils;
import org.axonframework.eventsourcing.eventstore.DomainEventStream;
import org.axonframework.serialization.Serializer;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.stereotype.Component;

/// Reads single events of conversations from Axon Server.
///
/// Axon's own `EventStore` reads a stream from one event on to its end and buffers all of it, which in a long
/// conversation is far more than the event that is wanted. So this asks the connector, which can be told where to stop.
@Component
class EventStoreMessages implements StoredMessages {

    private final AxonServerConnectionManager connections;
    private final Serializer serializer;
    private final Configuration configuration;

    EventStoreMessages(
            AxonServerConnectionManager connections,
            @Qualifier("eventSerializer") Serializer serializer,
            Configuration configuration) {
        this.connections = connections;
        this.serializer = serializer;
        this.configuration = configuration;
    }

    /// The first event is none that is looked for, and to Axon Server a last number of 0 means no end.
    /// Whether the last number is part of the answer servers see differently, so the next one is the
    /// last that is asked for, and the first event that comes is taken.
    @Override
    public @Nullable Object at(ConversationId conversation, long seq) {
        if (seq < 1) {
            return null;
        }
        AggregateEventStream one =
                connections.getConnection().eventChannel().openAggregateStream(conversation.toString(), seq, seq + 1);
        try {
            DomainEventStream event = EventStreamUtils.upcastAndDeserializeDomainEvents(
                    one.asStream().map(GrpcBackedDomainEventData::new), serializer, configuration.upcasterChain());
            if (!event.hasNext()) {
                return null;
            }
            DomainEventMessage<?> message = event.next();
            return message.getSequenceNumber() == seq ? message.getPayload() : null;
        } finally {
            one.cancel();
        }
    }
}
