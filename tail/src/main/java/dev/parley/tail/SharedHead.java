package dev.parley.tail;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/// Asks the store for its head on behalf of many: whoever asks while an answer is on its way shares the next one, so
/// that at most one question is on its way, however many ask. Each gets a head that was read after they asked.
/// Thread-safe.
final class SharedHead {

    private final LongSupplier store;
    private final ReentrantLock lock = new ReentrantLock();
    private @Nullable CompletableFuture<Long> next;
    private boolean asking;

    /// @param store asks; it may block and fail
    SharedHead(LongSupplier store) {
        this.store = store;
    }

    CompletableFuture<Long> ask() {
        lock.lock();
        try {
            CompletableFuture<Long> answer = next == null ? new CompletableFuture<>() : next;
            next = answer;
            if (!asking) {
                asking = true;
                Thread.ofVirtual().name("head").start(this::answerAll);
            }
            return answer;
        } finally {
            lock.unlock();
        }
    }

    private void answerAll() {
        for (CompletableFuture<Long> asked = take(); asked != null; asked = take()) {
            try {
                asked.complete(store.getAsLong());
            } catch (RuntimeException failure) {
                asked.completeExceptionally(failure);
            }
        }
    }

    /// @return null if nobody asks any more
    private @Nullable CompletableFuture<Long> take() {
        lock.lock();
        try {
            CompletableFuture<Long> taken = next;
            next = null;
            asking = taken != null;
            return taken;
        } finally {
            lock.unlock();
        }
    }
}
