package dev.parley.axonserver.storage;

import dev.parley.axonserver.protocol.ErrorCode;
import io.axoniq.axonserver.grpc.event.Event;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Decides which transactions of a group are in sequence. Remembers the next sequence number of the aggregates that
/// were written last, and looks the others up, all of a group at once. Belongs to the writer's thread.
final class Sequences {

    /// Where the next sequence numbers of aggregates can be read: 0 for an aggregate that has no events.
    interface Lookup {
        Map<String, Long> next(Collection<String> aggregates) throws SQLException;
    }

    private final Map<String, Long> known;

    /// @param capacity how many aggregates to remember; some 150 bytes each
    Sequences(int capacity) {
        known = new LinkedHashMap<>(16, 0.75f, true) {
            @Override
            protected boolean removeEldestEntry(Map.Entry<String, Long> eldest) {
                return size() > capacity;
            }
        };
    }

    /// Numbers the transactions that fit and fails the others: a conflict fails only its own transaction.
    ///
    /// @param start the index that the first event gets
    AppendGroup number(List<PendingAppend> appends, long start, Lookup lookup) throws SQLException {
        Map<String, Long> next = lookUp(appends, lookup);
        AppendGroup group = new AppendGroup(start);
        for (PendingAppend append : appends) {
            Map<String, Long> moved = new HashMap<>();
            String conflict = conflict(append, next, moved);
            if (conflict == null) {
                next.putAll(moved);
                group.add(append);
            } else {
                append.result().completeExceptionally(ErrorCode.INVALID_EVENT_SEQUENCE.failure(conflict));
            }
        }
        return group;
    }

    /// To be called once the group is committed, and not before.
    void committed(AppendGroup group) {
        for (Event event : group.events()) {
            if (isDomainEvent(event)) {
                known.put(event.getAggregateIdentifier(), event.getAggregateSequenceNumber() + 1);
            }
        }
    }

    /// To be called when somebody else may have written.
    void forget() {
        known.clear();
    }

    static boolean isDomainEvent(Event event) {
        return !event.getAggregateIdentifier().isEmpty();
    }

    private Map<String, Long> lookUp(List<PendingAppend> appends, Lookup lookup) throws SQLException {
        Map<String, Long> next = new HashMap<>();
        Set<String> unknown = new HashSet<>();
        for (PendingAppend append : appends) {
            for (Event event : append.events()) {
                String aggregate = event.getAggregateIdentifier();
                if (isDomainEvent(event) && !next.containsKey(aggregate)) {
                    Long sequence = known.get(aggregate);
                    if (sequence == null) {
                        unknown.add(aggregate);
                    } else {
                        next.put(aggregate, sequence);
                    }
                }
            }
        }
        if (!unknown.isEmpty()) {
            next.putAll(lookup.next(unknown));
        }
        return next;
    }

    private static @Nullable String conflict(PendingAppend append, Map<String, Long> next, Map<String, Long> moved) {
        for (Event event : append.events()) {
            if (!isDomainEvent(event)) {
                continue;
            }
            String aggregate = event.getAggregateIdentifier();
            long expected = moved.getOrDefault(aggregate, next.getOrDefault(aggregate, 0L));
            if (event.getAggregateSequenceNumber() != expected) {
                return "Invalid sequence number " + event.getAggregateSequenceNumber() + " for aggregate " + aggregate
                        + ", expected " + expected;
            }
            moved.put(aggregate, expected + 1);
        }
        return null;
    }
}
