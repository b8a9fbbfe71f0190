package dev.parley.tail;

import org.axonframework.common.stream.BlockingStream;
import org.axonframework.eventhandling.GlobalSequenceTrackingToken;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.eventsourcing.eventstore.EventStore;

/// The event store in positions instead of tokens. Thread-safe; its streams are not.
public final class StoreReader {

    private final EventStore store;

    public StoreReader(EventStore store) {
        this.store = store;
    }

    /// The position of the newest event; -1 for an empty store. Asks the store.
    public long head() {
        TrackingToken token = store.createHeadToken();
        return token == null ? -1 : token.position().orElse(-1);
    }

    /// The event's global index.
    public static long position(TrackedEventMessage<?> message) {
        return message.trackingToken()
                .position()
                .orElseThrow(() -> new IllegalStateException("The event store gives no global positions"));
    }

    /// Opens the log behind a position; -1 for its beginning. The caller closes the stream.
    public BlockingStream<TrackedEventMessage<?>> after(long position) {
        return store.openStream(position < 0 ? null : new GlobalSequenceTrackingToken(position));
    }
}
