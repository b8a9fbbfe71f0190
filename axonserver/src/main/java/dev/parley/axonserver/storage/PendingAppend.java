package dev.parley.axonserver.storage;

import java.util.List;
import java.util.concurrent.CompletableFuture;

/// A transaction that waits to be stored, all or nothing.
///
/// @param bytes what it weighs in queues and groups
/// @param received when it came, as in [System#nanoTime()]
/// @param deadline likewise; whatever has not been answered by then is answered as unavailable
/// @param result completes once with nothing when the events are committed and flushed, or exceptionally
record PendingAppend(List<NewEvent> events, int bytes, long received, long deadline, CompletableFuture<Void> result) {

    static PendingAppend of(List<NewEvent> events, long timeoutNanos) {
        int bytes = 0;
        for (NewEvent event : events) {
            bytes += event.bytes().length;
        }
        long now = System.nanoTime();
        return new PendingAppend(events, bytes, now, now + timeoutNanos, new CompletableFuture<>());
    }

    void fail(RuntimeException why) {
        if (!result.isDone()) {
            result.completeExceptionally(why);
        }
    }
}
