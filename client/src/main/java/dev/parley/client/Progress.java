package dev.parley.client;

import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// How far this device is: what it handled, what it acknowledged, and the last `seq` of each conversation it has seen
/// since it was made. Thread-safe.
final class Progress {

    private final int ackEvery;
    private final Map<UUID, Long> seqs = new HashMap<>();
    private @Nullable Long handled;
    private long acknowledged = -1;
    private int unacknowledged;
    private long repeats;

    Progress(@Nullable Long position, int window) {
        this.handled = position;
        this.ackEvery = Math.max(1, window / 2);
    }

    /// The position to resume from; null before the first `welcome` of a client that starts at the newest event.
    synchronized @Nullable Long handled() {
        return handled;
    }

    /// Whether the event is new. A repeat is counted.
    synchronized boolean isNew(ParleyEvent event) {
        if (handled != null && event.position() <= handled) {
            repeats++;
            return false;
        }
        return true;
    }

    /// @return the `seq` that should have come; -1 if this one is right or nothing is known
    synchronized long expected(ParleyEvent event) {
        Long seq = event.seq();
        Long before = seqs.get(event.conversation());
        return seq == null || before == null || seq == before + 1 ? -1 : before + 1;
    }

    /// @param own this device's account: who is removed and comes back misses what was in between
    /// @return whether it is time to acknowledge
    synchronized boolean handled(ParleyEvent event, UUID own) {
        handled = event.position();
        if (event.event().equals("member-removed")
                && own.toString().equals(event.data().path("account").asString())) {
            seqs.remove(event.conversation());
        } else if (event.seq() != null) {
            seqs.put(event.conversation(), event.seq());
        }
        return ++unacknowledged >= ackEvery;
    }

    /// All up to here was sent.
    synchronized void reached(long position) {
        handled = handled == null ? position : Math.max(handled, position);
    }

    /// @return the position to acknowledge; -1 if there is nothing new
    synchronized long acknowledge() {
        if (handled == null || handled <= acknowledged) {
            return -1;
        }
        acknowledged = handled;
        unacknowledged = 0;
        return acknowledged;
    }

    /// A new connection knows what `hello` said.
    synchronized void resumed() {
        acknowledged = handled == null ? -1 : handled;
        unacknowledged = 0;
    }

    synchronized long repeats() {
        return repeats;
    }
}
