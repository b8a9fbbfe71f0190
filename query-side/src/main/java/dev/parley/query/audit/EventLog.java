package dev.parley.query.audit;

import dev.parley.messages.RejectedException;
import dev.parley.messages.RejectionCode;
import dev.parley.query.QuerySideProperties;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.axonframework.common.stream.BlockingStream;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.GlobalSequenceTrackingToken;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.axonframework.serialization.SerializedObject;
import org.axonframework.serialization.Serializer;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.stereotype.Component;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/// Reads the event store from a position up to its head as of the call. It ends in bounded time, whatever the store
/// does: at the head, at the bound of facts to look at, or when the wait is over.
@Component
class EventLog {

    private final EventStore store;
    private final StoredForm storedForm;
    private final JsonMapper json;
    private final int scan;
    private final Duration wait;

    EventLog(
            EventStore store,
            @Qualifier("eventSerializer") Serializer serializer,
            JsonMapper json,
            QuerySideProperties properties) {
        this.store = store;
        this.storedForm = new StoredForm(serializer);
        this.json = json;
        this.scan = properties.auditScan();
        this.wait = properties.auditWait();
    }

    /// Which facts to show; null lets through all.
    ///
    /// @param type a stored name
    /// @param stream an aggregate's id: a conversation's lets through those of its members, too
    record Filter(@Nullable String type, @Nullable String stream) {

        boolean letsThrough(@Nullable String of) {
            return stream == null
                    || (of != null && of.startsWith(stream) && (of.length() == stream.length() || isMember(of)));
        }

        /// A member's stream is named `<conversation>.<account>`.
        private boolean isMember(String of) {
            return stream != null && of.charAt(stream.length()) == '.';
        }
    }

    /// @param events in the order of the store
    /// @param next the last position looked at: go on after it
    /// @param head the store's last position; with `next` there, everything was looked at
    record Page(List<StoredEvent> events, long next, long head) {}

    /// @param after the position to start after, -1 for the first fact
    Page read(long after, int limit, Filter filter) {
        long head = position(store.createHeadToken());
        List<StoredEvent> events = new ArrayList<>();
        long next = after;
        if (after < head) {
            TrackingToken token = after < 0 ? null : new GlobalSequenceTrackingToken(after);
            try (BlockingStream<TrackedEventMessage<?>> stream = store.openStream(token)) {
                long deadline = System.nanoTime() + wait.toNanos();
                for (int seen = 0; seen < scan && events.size() < limit && next < head; seen++) {
                    TrackedEventMessage<?> message = next(stream, deadline);
                    if (message == null) {
                        break;
                    }
                    next = position(message.trackingToken());
                    StoredEvent event = next <= head ? event(message, next, filter) : null;
                    if (event != null) {
                        events.add(event);
                    }
                }
            }
        }
        return new Page(events, Math.min(next, Math.max(after, head)), head);
    }

    private static @Nullable TrackedEventMessage<?> next(BlockingStream<TrackedEventMessage<?>> stream, long deadline) {
        long millis = Math.max(0, TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime()));
        try {
            return stream.hasNextAvailable((int) millis, TimeUnit.MILLISECONDS) ? stream.nextAvailable() : null;
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new RejectedException(RejectionCode.UNAVAILABLE, "The server is stopping, try again");
        }
    }

    private @Nullable StoredEvent event(TrackedEventMessage<?> message, long position, Filter filter) {
        DomainEventMessage<?> domain = message instanceof DomainEventMessage<?> event ? event : null;
        String stream = domain == null ? null : domain.getAggregateIdentifier();
        if (!filter.letsThrough(stream)) {
            return null;
        }
        SerializedObject<String> stored = storedForm.of(message);
        String type = stored.getType().getName();
        if (filter.type() != null && !filter.type().equals(type)) {
            return null;
        }
        return new StoredEvent(
                position,
                message.getTimestamp(),
                type,
                stored.getType().getRevision(),
                stream,
                domain == null ? null : domain.getSequenceNumber(),
                json(stored.getData()));
    }

    /// What is not JSON is shown as a JSON string.
    private String json(String payload) {
        try {
            json.readTree(payload);
            return payload;
        } catch (JacksonException notJson) {
            return json.writeValueAsString(payload);
        }
    }

    private static long position(@Nullable TrackingToken token) {
        return token == null ? -1 : token.position().orElse(-1);
    }
}
