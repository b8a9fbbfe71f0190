package dev.parley.query.letters;

import dev.parley.query.QuerySideProperties;
import dev.parley.query.stored.StoredForm;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.axonframework.common.jdbc.ConnectionProvider;
import org.axonframework.common.transaction.TransactionManager;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventhandling.GenericTrackedDomainEventMessage;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.axonframework.eventhandling.deadletter.jdbc.DeadLetterSchema;
import org.axonframework.eventhandling.deadletter.jdbc.DefaultDeadLetterJdbcConverter;
import org.axonframework.eventhandling.deadletter.jdbc.JdbcDeadLetter;
import org.axonframework.eventhandling.deadletter.jdbc.JdbcSequencedDeadLetterQueue;
import org.axonframework.serialization.SerializedMessage;
import org.axonframework.serialization.Serializer;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.jdbc.core.RowMapper;
import org.springframework.stereotype.Component;

/// Axon's dead-letter queue of each processor, all in the table `axon.dead_letter_entry`, whose letters hold the facts
/// as they are stored, unreadable ones among them.
///
/// Queues are only written to: Axon's queue reads a sequence as a whole, whatever its size.
@Component
class LetterQueues {

    static final String TABLE = "axon.dead_letter_entry";

    private final DeadLetterSchema schema =
            DeadLetterSchema.builder().deadLetterTable(TABLE).build();
    private final Map<String, JdbcSequencedDeadLetterQueue<EventMessage<?>>> queues = new ConcurrentHashMap<>();
    private final ConnectionProvider connections;
    private final TransactionManager transactions;
    private final Serializer serializer;
    private final Serializer events;
    private final QuerySideProperties.DeadLetters bounds;

    LetterQueues(
            ConnectionProvider connections,
            TransactionManager transactions,
            Serializer serializer,
            @Qualifier("eventSerializer") Serializer events,
            QuerySideProperties properties) {
        this.connections = connections;
        this.transactions = transactions;
        this.serializer = serializer;
        this.events = events;
        this.bounds = properties.deadLetters();
    }

    JdbcSequencedDeadLetterQueue<EventMessage<?>> of(String processor) {
        return queues.computeIfAbsent(
                processor,
                name -> JdbcSequencedDeadLetterQueue.<EventMessage<?>>builder()
                        .processingGroup(name)
                        .schema(schema)
                        .connectionProvider(connections)
                        .transactionManager(transactions)
                        .genericSerializer(serializer)
                        .eventSerializer(events)
                        .maxSequences(bounds.maxSequences())
                        .maxSequenceSize(bounds.maxSequenceSize())
                        .build());
    }

    /// The fact with its payload as it is in the event store, whether or not it can be read. Axon hands that out only
    /// to a serializer that equals its own ([StoredForm]).
    EventMessage<?> stored(EventMessage<?> fact) {
        if (!(fact instanceof TrackedEventMessage<?> tracked) || !(fact instanceof DomainEventMessage<?> domain)) {
            return fact;
        }
        return new GenericTrackedDomainEventMessage<>(
                tracked.trackingToken(),
                domain.getType(),
                domain.getAggregateIdentifier(),
                domain.getSequenceNumber(),
                new SerializedMessage<>(
                        fact.getIdentifier(),
                        fact.serializePayload(new StoredForm(events), byte[].class),
                        fact.serializeMetaData(events, byte[].class),
                        events),
                fact::getTimestamp);
    }

    /// Makes letters of the table's rows.
    RowMapper<JdbcDeadLetter<EventMessage<?>>> reader() {
        Converter converter = new Converter(schema, serializer, events);
        return (row, n) -> converter.convertToLetter(row);
    }

    /// Its builder is for those who extend it.
    private static final class Converter extends DefaultDeadLetterJdbcConverter<EventMessage<?>> {
        Converter(DeadLetterSchema schema, Serializer serializer, Serializer events) {
            super(DefaultDeadLetterJdbcConverter.<EventMessage<?>>builder()
                    .schema(schema)
                    .genericSerializer(serializer)
                    .eventSerializer(events));
        }
    }
}
