package dev.parley.axonserver.storage;

import static java.util.Objects.requireNonNull;

import dev.parley.axonserver.protocol.ErrorCode;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Decides which transactions of a group are in sequence. Remembers the next sequence number of the aggregates that
/// were written last, and looks the others up, all of a group at once.
///
/// An unknown aggregate whose events begin at 0 is taken to be new without looking: its first event would break the
/// unique index if it were not, and then the group is numbered again, with looking. After such a mistake nothing is
/// assumed for a while. Belongs to the writer's thread.
final class Sequences {

    /// Where the next sequence numbers of aggregates can be read: 0 for an aggregate that has no events.
    interface Lookup {
        Map<String, Long> next(Collection<String> aggregates) throws SQLException;
    }

    private static final int CAREFUL_GROUPS = 100;

    private static final class Place {
        /// The next number, the group under way included.
        private long next;
        /// Whether it is neither read nor committed yet.
        private boolean assumed;
        /// How far an assumption goes while a group is looked through.
        private long run;

        private Place(long next, boolean assumed) {
            this.next = next;
            this.assumed = assumed;
        }
    }

    private final int capacity;
    private final Map<String, Place> known = new LinkedHashMap<>(16, 0.75f, true);
    private final Set<String> assumptions = new HashSet<>();
    private int careful;

    /// @param capacity how many aggregates to remember from group to group; some 150 bytes each
    Sequences(int capacity) {
        this.capacity = capacity;
    }

    /// Numbers the transactions that fit; the others are the group's conflicts. Then comes [#committed(AppendGroup)]
    /// or [#failed(AppendGroup)].
    ///
    /// @param start the index that the first event gets
    AppendGroup number(List<PendingAppend> appends, long start, Lookup lookup) throws SQLException {
        Set<String> unknown = unknown(appends);
        if (!unknown.isEmpty()) {
            lookup.next(unknown).forEach((aggregate, next) -> known.put(aggregate, new Place(next, false)));
        }
        AppendGroup group = new AppendGroup(start, !assumptions.isEmpty());
        for (PendingAppend append : appends) {
            String conflict = place(append.events());
            if (conflict == null) {
                group.add(append);
            } else {
                group.add(new AppendGroup.Conflict(append, ErrorCode.INVALID_EVENT_SEQUENCE.failure(conflict)));
            }
        }
        return group;
    }

    void committed(AppendGroup group) {
        if (group.assumed()) {
            for (NewEvent event : group.events()) {
                Place place = known.get(event.aggregate());
                if (place != null) {
                    place.assumed = false;
                }
            }
            assumptions.forEach(aggregate -> known.computeIfPresent(aggregate, (a, p) -> p.assumed ? null : p));
            assumptions.clear();
        }
        Iterator<Place> eldest = known.values().iterator();
        for (int excess = known.size() - capacity; excess > 0; excess--) {
            eldest.next();
            eldest.remove();
        }
    }

    /// Forgets what the group was numbered by.
    void failed(AppendGroup group) {
        for (NewEvent event : group.events()) {
            known.remove(event.aggregate());
        }
        assumptions.forEach(known::remove);
        assumptions.clear();
    }

    /// To be called when an assumption may have been wrong.
    void beCareful() {
        careful = CAREFUL_GROUPS;
    }

    /// To be called when somebody else may have written.
    void forget() {
        known.clear();
        assumptions.clear();
    }

    /// The aggregates that have to be looked up.
    private Set<String> unknown(List<PendingAppend> appends) {
        careful = Math.max(0, careful - 1);
        Set<String> unknown = new HashSet<>();
        for (PendingAppend append : appends) {
            for (NewEvent event : append.events()) {
                if (event.inAggregate()) {
                    String aggregate = event.aggregate();
                    Place place = known.get(aggregate);
                    if (place == null && !unknown.contains(aggregate)) {
                        place = assume(aggregate);
                    }
                    if (place == null || (place.assumed && place.run++ != event.sequence())) {
                        known.remove(aggregate);
                        assumptions.remove(aggregate);
                        unknown.add(aggregate);
                    }
                }
            }
        }
        return unknown;
    }

    private @Nullable Place assume(String aggregate) {
        if (careful > 0) {
            return null;
        }
        Place place = new Place(0, true);
        known.put(aggregate, place);
        assumptions.add(aggregate);
        return place;
    }

    /// Takes the places of one transaction's events: all of them or none.
    ///
    /// @return why they do not fit; null if they do
    private @Nullable String place(List<NewEvent> events) {
        List<Place> taken = new ArrayList<>(events.size());
        for (NewEvent event : events) {
            if (!event.inAggregate()) {
                continue;
            }
            Place place = requireNonNull(known.get(event.aggregate()));
            if (event.sequence() != place.next) {
                taken.forEach(earlier -> earlier.next--);
                return "Invalid sequence number " + event.sequence() + " for aggregate " + event.aggregate()
                        + ", expected " + place.next;
            }
            place.next++;
            taken.add(place);
        }
        return null;
    }
}
