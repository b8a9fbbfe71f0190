package dev.parley.axonserver.storage;

import dev.parley.axonserver.protocol.Signal;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;

/// The head of the log, and the last events before it in memory, for readers that keep up.
///
/// The head moves only after a commit, and events are here before the head moves over them. A reader looks for its
/// next index here, and in the database if it has fallen behind; since both are asked by index, the hand-over loses
/// and repeats nothing. Thread-safe; the writer never waits for a reader.
public final class EventTail {

    private final StoredEvent[] ring;
    private final long maxBytes;
    private final long pageBytes;
    private final ReentrantLock lock = new ReentrantLock();
    private final Set<Signal> readers = ConcurrentHashMap.newKeySet();
    private long first;
    private long bytes;
    private volatile long next;

    /// @param capacity how many events to keep at most
    /// @param maxBytes how much of them to keep at most; the last group is kept whole in any case
    /// @param pageBytes how much a reader gets at once, one larger event excepted: what it holds is not given free
    /// before it has sent it
    EventTail(int capacity, long maxBytes, long pageBytes) {
        this.ring = new StoredEvent[capacity];
        this.maxBytes = maxBytes;
        this.pageBytes = pageBytes;
    }

    /// The index that the next event will get: one more than that of the last committed one.
    public long next() {
        return next;
    }

    /// Registers a reader, which is signalled whenever the head has moved.
    public void register(Signal reader) {
        readers.add(reader);
    }

    public void unregister(Signal reader) {
        readers.remove(reader);
    }

    /// Events from an index on, in order, as far as they are in memory.
    ///
    /// @return empty if `from` is not in memory: it is either the head or must be read from the database
    public List<StoredEvent> read(long from, int limit) {
        lock.lock();
        try {
            if (from < first || from >= next) {
                return List.of();
            }
            int count = (int) Math.min(limit, next - from);
            List<StoredEvent> events = new ArrayList<>(count);
            long size = 0;
            for (long index = from; index < from + count && size < pageBytes; index++) {
                StoredEvent event = ring[slot(index)];
                events.add(event);
                size += event.bytes();
            }
            return events;
        } finally {
            lock.unlock();
        }
    }

    /// Makes committed events visible. They start at the head.
    void publish(List<StoredEvent> events) {
        lock.lock();
        try {
            long end = next;
            for (StoredEvent event : events) {
                if (end - first == ring.length) {
                    drop();
                }
                ring[slot(end)] = event;
                bytes += event.bytes();
                end++;
            }
            while (bytes > maxBytes && first < next) {
                drop();
            }
            next = end;
        } finally {
            lock.unlock();
        }
        readers.forEach(Signal::raise);
    }

    /// Moves the head to where the database says it is, and forgets the events in memory.
    void reset(long head) {
        lock.lock();
        try {
            while (first < next) {
                drop();
            }
            first = head;
            next = head;
        } finally {
            lock.unlock();
        }
        readers.forEach(Signal::raise);
    }

    private void drop() {
        int slot = slot(first);
        bytes -= ring[slot].bytes();
        ring[slot] = null;
        first++;
    }

    private int slot(long index) {
        return (int) (index % ring.length);
    }
}
