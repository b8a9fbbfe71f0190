package dev.parley.delivery.gateway;

import dev.parley.delivery.deletion.Deletions;
import dev.parley.delivery.log.Bearing;
import dev.parley.delivery.log.EventEncoder;
import dev.parley.delivery.log.LogEntry;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.jspecify.annotations.Nullable;

/// Old events as they may be shown now: without what deleted messages said. Thread-safe.
final class History {

    private final EventEncoder encoder;
    private final Deletions deletions;

    History(EventEncoder encoder, Deletions deletions) {
        this.encoder = encoder;
        this.deletions = deletions;
    }

    /// May ask the database, so it is called with no lock held and before the reader has moved.
    ///
    /// @return null for an event that is of no concern to the feed; what is for others is not encoded
    /// @throws IllegalStateException if it cannot be told now what was deleted
    @Nullable
    LogEntry entry(Feed feed, TrackedEventMessage<?> message) {
        LogEntry entry = feed.mayConcern(message) ? encoder.encode(message, feed::concerns) : null;
        if (entry != null
                && entry.bearing() instanceof Bearing.Content content
                && deletions.isDeleted(entry.conversation(), content.message())) {
            return entry.redacted();
        }
        return entry;
    }
}
