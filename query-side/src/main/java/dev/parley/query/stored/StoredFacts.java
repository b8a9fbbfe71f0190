package dev.parley.query.stored;

import dev.parley.messages.RejectedException;
import dev.parley.messages.RejectionCode;
import io.axoniq.axonserver.connector.event.AggregateEventStream;
import io.axoniq.axonserver.connector.event.EventChannel;
import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;
import org.axonframework.axonserver.connector.AxonServerConnectionManager;
import org.axonframework.axonserver.connector.event.axon.EventBuffer;
import org.axonframework.axonserver.connector.event.axon.GrpcBackedDomainEventData;
import org.axonframework.axonserver.connector.event.axon.GrpcMetaDataAwareSerializer;
import org.axonframework.config.Configuration;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.axonframework.eventsourcing.EventStreamUtils;
import org.axonframework.serialization.Serializer;
import org.axonframework.serialization.upcasting.event.NoOpEventUpcaster;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.stereotype.Component;

/// Reads the event store for auditors, with bounds of its own on what is held in memory: the event store sends at most
/// 256 facts ahead of whoever reads the log, and 500 of a single stream. Thread-safe; what is opened is for one thread.
@Component
public class StoredFacts {

    private static final int AHEAD = 256;
    private static final int PART = 500;
    private static final Duration PATIENCE = Duration.ofSeconds(4);

    private final AxonServerConnectionManager connections;
    private final Serializer serializer;
    private final Configuration configuration;

    StoredFacts(
            AxonServerConnectionManager connections,
            @Qualifier("eventSerializer") Serializer serializer,
            Configuration configuration) {
        this.connections = connections;
        this.serializer = new GrpcMetaDataAwareSerializer(serializer);
        this.configuration = configuration;
    }

    /// The last position; -1 in an empty store.
    ///
    /// @throws RejectedException `unavailable` if the event store does not say
    public long head() {
        return answer(channel().getLastToken());
    }

    /// The position before the first fact that was stored at that time or later, or that comes after one that was: the
    /// clocks of those who store facts differ. The head where there is none.
    ///
    /// @throws RejectedException `unavailable` if the event store does not say
    public long before(Instant instant) {
        // Axon Server names the fact itself, its connector what to start after.
        return answer(channel().getTokenAt(instant.toEpochMilli()));
    }

    /// The facts as they are stored, passing no upcaster, in the order of the store, from the one after a position on.
    ///
    /// @param after -1 for the first fact
    public Log open(long after) {
        return new Log(stream(after, AHEAD));
    }

    /// The same, as a processor reads it.
    ///
    /// @param ahead facts that the event store sends at most ahead of whoever reads them
    EventBuffer stream(long after, int ahead) {
        return new EventBuffer(
                channel().openStream(after, ahead, ahead / 2, false), NoOpEventUpcaster.INSTANCE, serializer, true);
    }

    /// The facts of one stream, read in parts.
    ///
    /// @param from sequence number of the first one
    /// @param visitor says whether it wants the next one
    public void visit(String stream, long from, Predicate<DomainEventMessage<?>> visitor) {
        visit(stream, from, PART, visitor);
    }

    /// @param part facts that are asked for at once
    public void visit(String stream, long from, int part, Predicate<DomainEventMessage<?>> visitor) {
        long next = from;
        int seen;
        do {
            seen = 0;
            // To Axon Server a last number of 0 means no end.
            AggregateEventStream read = channel().openAggregateStream(stream, next, Math.max(1, next + part - 1));
            Iterator<? extends DomainEventMessage<?>> facts = EventStreamUtils.upcastAndDeserializeDomainEvents(
                            read.asStream().map(GrpcBackedDomainEventData::new),
                            serializer,
                            configuration.upcasterChain())
                    .asStream()
                    .iterator();
            while (facts.hasNext()) {
                DomainEventMessage<?> fact = facts.next();
                if (fact.getSequenceNumber() < next) {
                    continue;
                }
                seen++;
                next = fact.getSequenceNumber() + 1;
                if (!visitor.test(fact)) {
                    read.cancel();
                    return;
                }
            }
        } while (seen >= part);
    }

    /// A fact's place in its stream; 0 for one that belongs to none.
    public static long seq(EventMessage<?> fact) {
        return fact instanceof DomainEventMessage<?> domain ? domain.getSequenceNumber() : 0;
    }

    private EventChannel channel() {
        return connections.getConnection().eventChannel();
    }

    private static long answer(CompletableFuture<Long> asked) {
        try {
            return asked.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException stopped) {
            throw stopping();
        } catch (ExecutionException | TimeoutException silent) {
            throw new RejectedException(RejectionCode.UNAVAILABLE, "The event store does not answer, try again");
        }
    }

    private static RejectedException stopping() {
        Thread.currentThread().interrupt();
        return new RejectedException(RejectionCode.UNAVAILABLE, "The server is stopping, try again");
    }

    /// An open reading of the log, which goes on for ever.
    public static final class Log implements AutoCloseable {

        private final EventBuffer events;

        private Log(EventBuffer events) {
            this.events = events;
        }

        /// @param patience how long to wait for the next fact
        /// @return null if there was none in that time
        /// @throws org.axonframework.axonserver.connector.AxonServerException if the event store went away
        public @Nullable TrackedEventMessage<?> next(Duration patience) {
            try {
                return events.hasNextAvailable((int) Math.max(0, patience.toMillis()), TimeUnit.MILLISECONDS)
                        ? events.nextAvailable()
                        : null;
            } catch (InterruptedException stopped) {
                throw stopping();
            }
        }

        @Override
        public void close() {
            events.close();
        }
    }
}
