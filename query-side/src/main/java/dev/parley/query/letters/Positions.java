package dev.parley.query.letters;

import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.axonframework.eventhandling.TrackingToken;
import org.jspecify.annotations.Nullable;

/// Where a fact is in the event store.
final class Positions {

    private Positions() {}

    /// @return -1 for one that does not say
    static long of(EventMessage<?> fact) {
        @Nullable TrackingToken token = fact instanceof TrackedEventMessage<?> tracked ? tracked.trackingToken() : null;
        return token == null ? -1 : token.position().orElse(-1);
    }
}
