package dev.parley.delivery.gateway;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// How many sessions may read the event store at one time. Who finds no place is woken when one is free for it, in the
/// order of asking: nobody blocks. Thread-safe.
final class CatchUpSlots {

    private final int slots;
    private final Map<Object, Runnable> waiting = new LinkedHashMap<>();
    /// Those who were woken and have a place kept for them.
    private final Set<Object> granted = new HashSet<>();
    private int taken;

    CatchUpSlots(int slots) {
        this.slots = slots;
    }

    /// @param wake called when it is time to ask again, after a false
    synchronized boolean enter(Object owner, Runnable wake) {
        if (granted.remove(owner)) {
            return true;
        }
        if (taken < slots) {
            taken++;
            return true;
        }
        waiting.put(owner, wake);
        return false;
    }

    /// Gives the place to the next who waits.
    void leave() {
        Runnable wake = next();
        if (wake != null) {
            wake.run();
        }
    }

    /// For one who goes away: neither waits nor keeps a place.
    void forget(Object owner) {
        boolean held;
        synchronized (this) {
            waiting.remove(owner);
            held = granted.remove(owner);
        }
        if (held) {
            leave();
        }
    }

    synchronized int taken() {
        return taken;
    }

    synchronized int waiting() {
        return waiting.size();
    }

    private synchronized @Nullable Runnable next() {
        var entries = waiting.entrySet().iterator();
        if (!entries.hasNext()) {
            taken--;
            return null;
        }
        Map.Entry<Object, Runnable> first = entries.next();
        entries.remove();
        granted.add(first.getKey());
        return first.getValue();
    }
}
