package dev.parley.query.rebuild;

import dev.parley.messages.Fact;
import dev.parley.query.batch.Recorded;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.axonframework.common.stream.BlockingStream;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.GlobalSequenceTrackingToken;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.axonframework.serialization.SerializationException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.stereotype.Component;

/// The facts of the event store in their order, many at a time. One that this code cannot read is passed over: the live
/// processor has set it aside as a dead letter, and a generation that waited for it would never be complete.
@Component
class FactLog {

    private static final Logger log = LoggerFactory.getLogger(FactLog.class);
    private static final int PATIENCE_MILLIS = 10_000;

    private final EventStore store;

    FactLog(EventStore store) {
        this.store = store;
    }

    /// The position of the last fact, -1 in an empty store.
    long head() {
        return position(store.createHeadToken());
    }

    Reader open(long after) {
        return new Reader(store.openStream(after < 0 ? null : new GlobalSequenceTrackingToken(after)), after);
    }

    /// @param position the last one looked at, of a fact that is kept or not
    record Taken(List<Recorded<Fact>> facts, long position) {}

    /// Used by one thread.
    static final class Reader implements AutoCloseable {

        private final BlockingStream<TrackedEventMessage<?>> stream;
        private long position;

        private Reader(BlockingStream<TrackedEventMessage<?>> stream, long after) {
            this.stream = stream;
            this.position = after;
        }

        /// The next facts, not beyond a position that is there.
        ///
        /// @param most to look at
        /// @param keeps those of a type that it refuses are not read
        /// @throws DataAccessResourceFailureException if the event store does not deliver
        Taken take(int most, long until, Predicate<Class<?>> keeps) {
            List<Recorded<Fact>> facts = new ArrayList<>();
            for (int seen = 0; seen < most && position < until; seen++) {
                TrackedEventMessage<?> message = next();
                position = position(message.trackingToken());
                Class<?> type = message.getPayloadType();
                if (Fact.class.isAssignableFrom(type)
                        && keeps.test(type)
                        && message instanceof DomainEventMessage<?> domain
                        && read(domain) instanceof Fact fact) {
                    facts.add(new Recorded<>(fact, position, domain.getSequenceNumber(), message.getTimestamp()));
                }
            }
            return new Taken(facts, position);
        }

        private @Nullable Fact read(DomainEventMessage<?> message) {
            try {
                return (Fact) message.getPayload();
            } catch (SerializationException unreadable) {
                log.atWarn()
                        .addKeyValue("position", position)
                        .addKeyValue("type", message.getPayloadType().getSimpleName())
                        .log("A rebuild passes over a fact that cannot be read");
                return null;
            }
        }

        private TrackedEventMessage<?> next() {
            try {
                if (stream.hasNextAvailable(PATIENCE_MILLIS, TimeUnit.MILLISECONDS)) {
                    return stream.nextAvailable();
                }
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
            }
            throw new DataAccessResourceFailureException("The event store does not deliver its facts");
        }

        @Override
        public void close() {
            stream.close();
        }
    }

    private static long position(@Nullable TrackingToken token) {
        return token == null ? -1 : token.position().orElse(-1);
    }
}
