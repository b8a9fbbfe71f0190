package dev.parley.axonserver.storage;

import io.axoniq.axonserver.grpc.event.Event;
import java.util.ArrayList;
import java.util.List;

/// Transactions that are stored by one commit, numbered. Belongs to the writer's thread.
final class AppendGroup {

    private final long start;
    private final List<PendingAppend> appends = new ArrayList<>();
    private final List<Event> events = new ArrayList<>();
    private final List<byte[]> encoded = new ArrayList<>();

    /// @param start the index of its first event
    AppendGroup(long start) {
        this.start = start;
    }

    void add(PendingAppend append) {
        appends.add(append);
        events.addAll(append.events());
        encoded.addAll(append.encoded());
    }

    long start() {
        return start;
    }

    /// The index after its last event.
    long end() {
        return start + events.size();
    }

    boolean isEmpty() {
        return appends.isEmpty();
    }

    List<PendingAppend> appends() {
        return appends;
    }

    List<Event> events() {
        return events;
    }

    List<byte[]> encoded() {
        return encoded;
    }

    List<StoredEvent> stored() {
        List<StoredEvent> stored = new ArrayList<>(events.size());
        for (int i = 0; i < events.size(); i++) {
            stored.add(new StoredEvent(start + i, events.get(i), encoded.get(i).length));
        }
        return stored;
    }
}
