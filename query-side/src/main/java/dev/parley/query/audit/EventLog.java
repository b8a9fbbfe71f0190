package dev.parley.query.audit;

import dev.parley.query.QuerySideProperties;
import dev.parley.query.stored.StoredFacts;
import dev.parley.query.stored.StoredForm;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.axonframework.serialization.SerializedObject;
import org.axonframework.serialization.Serializer;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/// Reads a page of the event store from a position up to its head as of the call. It ends in bounded time, whatever the
/// store does: at the head, at the bound of facts to look at, or when the wait is over.
@Component
class EventLog {

    private final StoredFacts facts;
    private final StoredForm storedForm;
    private final JsonMapper json;
    private final int scan;
    private final Duration wait;

    EventLog(
            StoredFacts facts,
            @Qualifier("eventSerializer") Serializer serializer,
            JsonMapper json,
            QuerySideProperties properties) {
        this.facts = facts;
        this.storedForm = new StoredForm(serializer);
        this.json = json;
        this.scan = properties.auditScan();
        this.wait = properties.auditWait();
    }

    /// @param events in the order of the store
    /// @param next the last position looked at: go on after it
    /// @param head the last position there is for this request; with `next` there, everything was looked at
    record Page(List<StoredEvent> events, long next, long head) {}

    /// @param after the position to start after, -1 for the first fact
    Page read(long after, int limit, Selection selection) {
        long head = Math.min(facts.head(), selection.end(facts));
        List<StoredEvent> events = new ArrayList<>();
        long next = Math.max(after, Math.min(selection.start(after, facts), head));
        if (next < head) {
            try (StoredFacts.Log log = facts.open(next)) {
                long deadline = System.nanoTime() + wait.toNanos();
                for (int seen = 0; seen < scan && events.size() < limit && next < head; seen++) {
                    TrackedEventMessage<?> message = log.next(Duration.ofNanos(deadline - System.nanoTime()));
                    if (message == null) {
                        break;
                    }
                    next = position(message);
                    if (next <= head && selection.letsThrough(message, storedForm)) {
                        events.add(event(message, next));
                    }
                }
            }
        }
        return new Page(events, Math.min(next, Math.max(after, head)), head);
    }

    /// A fact as pages show it.
    StoredEvent event(EventMessage<?> message, long position) {
        SerializedObject<String> stored = storedForm.of(message);
        String stream = EventLines.stream(message);
        return new StoredEvent(
                position,
                message.getTimestamp(),
                stored.getType().getName(),
                stored.getType().getRevision(),
                stream,
                stream != null && message instanceof DomainEventMessage<?> domain ? domain.getSequenceNumber() : null,
                json(stored.getData()));
    }

    /// What is not JSON is shown as a JSON string.
    private String json(String payload) {
        return OneJson.isValue(payload) ? payload : json.writeValueAsString(payload);
    }

    static long position(TrackedEventMessage<?> message) {
        return message.trackingToken().position().orElseThrow();
    }
}
