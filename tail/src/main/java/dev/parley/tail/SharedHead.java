package dev.parley.tail;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/// Asks the store for its head on behalf of many: whoever asks while an answer is on its way shares the next one, so
/// that one question at most is on its way, however many ask. Each gets a head that was read after they asked.
///
/// A question without an answer in time is given up, interrupted, and the next one is asked: a store that hangs holds
/// up nobody who asks later. (Axon's own limit for it is `axon.axonserver.commit-timeout`, 10 s.) Thread-safe.
final class SharedHead {

    private final LongSupplier store;
    private final Duration limit;
    private final ReentrantLock lock = new ReentrantLock();
    private @Nullable CompletableFuture<Long> next;
    private boolean asking;

    /// @param store asks; it may block and fail
    /// @param limit for one answer
    SharedHead(LongSupplier store, Duration limit) {
        this.store = store;
        this.limit = limit;
    }

    /// @return fails as the store does, or with a [TimeoutException]
    CompletableFuture<Long> ask() {
        CompletableFuture<Long> answer;
        lock.lock();
        try {
            answer = next == null ? new CompletableFuture<>() : next;
            next = answer;
            if (asking) {
                return answer;
            }
            asking = true;
            next = null;
        } finally {
            lock.unlock();
        }
        question(answer);
        return answer;
    }

    /// On a thread of its own; when it is answered or given up, the next question follows.
    private void question(CompletableFuture<Long> answer) {
        Thread thread = Thread.ofVirtual().name("head").unstarted(() -> answer(answer));
        answer.orTimeout(limit.toNanos(), TimeUnit.NANOSECONDS).whenComplete((head, failure) -> {
            if (failure instanceof TimeoutException) {
                thread.interrupt();
            }
            CompletableFuture<Long> waiting = take();
            if (waiting != null) {
                question(waiting);
            }
        });
        thread.start();
    }

    private void answer(CompletableFuture<Long> answer) {
        try {
            answer.complete(store.getAsLong());
        } catch (RuntimeException | Error failure) {
            answer.completeExceptionally(failure);
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
