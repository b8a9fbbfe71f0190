package dev.parley.query.operations;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import org.axonframework.common.stream.BlockingStream;
import org.axonframework.eventhandling.GlobalSequenceTrackingToken;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// How far a processor is behind the event store, in time: how long the first fact that it has not done has been
/// there.
@Component
class Lag {

    private static final int PATIENCE_MILLIS = 1_000;

    private final EventStore store;

    Lag(EventStore store) {
        this.store = store;
    }

    /// The position of the last fact, -1 in an empty store.
    long head() {
        TrackingToken head = store.createHeadToken();
        return head == null ? -1 : head.position().orElse(-1);
    }

    /// @return null if the event store does not tell in time
    @Nullable
    Duration since(long position) {
        TrackingToken token = position < 0 ? null : new GlobalSequenceTrackingToken(position);
        try (BlockingStream<TrackedEventMessage<?>> stream = store.openStream(token)) {
            if (!stream.hasNextAvailable(PATIENCE_MILLIS, TimeUnit.MILLISECONDS)) {
                return null;
            }
            Duration since = Duration.between(stream.nextAvailable().getTimestamp(), Instant.now());
            return since.isNegative() ? Duration.ZERO : since;
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return null;
        }
    }
}
