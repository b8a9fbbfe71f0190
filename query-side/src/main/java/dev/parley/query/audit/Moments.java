package dev.parley.query.audit;

import dev.parley.messages.ConversationId;
import dev.parley.messages.RejectedException;
import dev.parley.messages.RejectionCode;
import dev.parley.query.QuerySideProperties;
import dev.parley.query.stored.StoredFacts;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.springframework.stereotype.Component;

/// Finds [Moment]s: it reads the log from [Selection#SKEW] before the place up to it. That bounds the work by how much
/// is stored in such a time, and the memory by how many members do something in it.
@Component
class Moments {

    private final StoredFacts facts;
    private final Duration time;

    Moments(StoredFacts facts, QuerySideProperties properties) {
        this.facts = facts;
        this.time = properties.auditFold();
    }

    /// When everything was stored that was stored up to a time, and nothing of later.
    Moment at(ConversationId conversation, Instant instant) {
        return at(conversation, facts.before(instant.plusMillis(1)));
    }

    /// @param position one beyond the head is the head
    /// @throws RejectedException `not-found` before the first fact, `unavailable` if it takes too long
    Moment at(ConversationId conversation, long position) {
        long last = Math.min(position, facts.head());
        if (last < 0) {
            throw new RejectedException(RejectionCode.NOT_FOUND, "There was nothing yet");
        }
        long deadline = System.nanoTime() + time.toNanos();
        Instant quiet = storedAt(last, deadline).minus(Selection.SKEW);
        Map<String, Long> newest = new HashMap<>();
        try (StoredFacts.Log log = facts.open(facts.before(quiet))) {
            long at;
            do {
                TrackedEventMessage<?> message = next(log, deadline);
                at = EventLog.position(message);
                String stream = EventLines.stream(message);
                if (stream != null && at <= last && Selection.isOf(conversation.toString(), stream)) {
                    newest.put(stream, StoredFacts.seq(message));
                }
            } while (at < last);
        }
        return new Moment(last, newest, quiet);
    }

    private Instant storedAt(long position, long deadline) {
        try (StoredFacts.Log log = facts.open(position - 1)) {
            return next(log, deadline).getTimestamp();
        }
    }

    private static TrackedEventMessage<?> next(StoredFacts.Log log, long deadline) {
        TrackedEventMessage<?> message = log.next(Duration.ofNanos(deadline - System.nanoTime()));
        if (message == null || System.nanoTime() > deadline) {
            throw new RejectedException(RejectionCode.UNAVAILABLE, "The event store takes too long, try again");
        }
        return message;
    }
}
