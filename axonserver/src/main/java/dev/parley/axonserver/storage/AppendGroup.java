package dev.parley.axonserver.storage;

import java.util.ArrayList;
import java.util.List;

/// Transactions that are stored by one commit, numbered, and those beside them that do not fit the sequence of their
/// aggregates. Belongs to the writer's thread.
final class AppendGroup {

    /// A transaction that is in conflict with what is stored, or with one of the group.
    record Conflict(PendingAppend append, RuntimeException why) {}

    private final long start;
    private final boolean assumed;
    private final List<PendingAppend> appends = new ArrayList<>();
    private final List<NewEvent> events = new ArrayList<>();
    private final List<Conflict> conflicts = new ArrayList<>();

    /// @param start the index of its first event
    /// @param assumed whether some aggregates were taken to be new without looking
    AppendGroup(long start, boolean assumed) {
        this.start = start;
        this.assumed = assumed;
    }

    void add(PendingAppend append) {
        appends.add(append);
        events.addAll(append.events());
    }

    void add(Conflict conflict) {
        conflicts.add(conflict);
    }

    long start() {
        return start;
    }

    /// The index after its last event.
    long end() {
        return start + events.size();
    }

    boolean assumed() {
        return assumed;
    }

    boolean isEmpty() {
        return appends.isEmpty();
    }

    /// What is stored, in order.
    List<PendingAppend> appends() {
        return appends;
    }

    /// What is not. To be answered after the group: who then looks finds what it is in conflict with.
    List<Conflict> conflicts() {
        return conflicts;
    }

    List<NewEvent> events() {
        return events;
    }

    List<StoredEvent> stored() {
        List<StoredEvent> stored = new ArrayList<>(events.size());
        for (int i = 0; i < events.size(); i++) {
            stored.add(new StoredEvent(start + i, events.get(i).bytes()));
        }
        return stored;
    }
}
