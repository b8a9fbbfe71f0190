package dev.parley.query.stored;

import java.time.Instant;
import org.axonframework.common.stream.BlockingStream;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.axonframework.messaging.StreamableMessageSource;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// The log for a processor that needs facts as they are stored: they pass no upcaster, as in auditors' exports. What is
/// made of them stays the same when the form of a fact changes. Thread-safe.
@Component
public class StoredLog implements StreamableMessageSource<TrackedEventMessage<?>> {

    private static final int AHEAD = 2_000;

    private final StoredFacts facts;
    private final EventStore store;

    StoredLog(StoredFacts facts, EventStore store) {
        this.facts = facts;
        this.store = store;
    }

    @Override
    public BlockingStream<TrackedEventMessage<?>> openStream(@Nullable TrackingToken after) {
        return facts.stream(after == null ? -1 : after.position().orElseThrow(), AHEAD);
    }

    @Override
    public @Nullable TrackingToken createTailToken() {
        return store.createTailToken();
    }

    @Override
    public @Nullable TrackingToken createHeadToken() {
        return store.createHeadToken();
    }

    @Override
    public @Nullable TrackingToken createTokenAt(Instant time) {
        return store.createTokenAt(time);
    }
}
