package dev.parley.axonserver.storage;

import io.axoniq.axonserver.grpc.event.Event;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/// A transaction that waits to be stored, all or nothing.
///
/// @param encoded each event as it is stored; encoded by whoever received it, to keep that off the writer
/// @param deadline as in [System#nanoTime()]; whatever has not been answered by then is answered as unavailable
/// @param result completes once with nothing when the events are committed and flushed, or exceptionally
record PendingAppend(List<Event> events, List<byte[]> encoded, long deadline, CompletableFuture<Void> result) {

    /// What the transaction weighs in queues and groups.
    int bytes() {
        int sum = 0;
        for (byte[] event : encoded) {
            sum += event.length;
        }
        return sum;
    }
}
