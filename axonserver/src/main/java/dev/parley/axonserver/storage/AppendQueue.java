package dev.parley.axonserver.storage;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/// Transactions that wait for the writer, in the order they came. Bounded in number and in bytes. Thread-safe.
final class AppendQueue {

    private final int maxTransactions;
    private final long maxBytes;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition filled = lock.newCondition();
    private final Deque<PendingAppend> waiting = new ArrayDeque<>();
    private long bytes;

    AppendQueue(int maxTransactions, long maxBytes) {
        this.maxTransactions = maxTransactions;
        this.maxBytes = maxBytes;
    }

    /// Adds a transaction at the end.
    ///
    /// @return false if the queue is full
    boolean offer(PendingAppend append) {
        int size = append.bytes();
        lock.lock();
        try {
            if (waiting.size() >= maxTransactions || (bytes + size > maxBytes && !waiting.isEmpty())) {
                return false;
            }
            waiting.add(append);
            bytes += size;
            filled.signal();
            return true;
        } finally {
            lock.unlock();
        }
    }

    /// Takes what is there, up to a size, oldest first; waits for the first one.
    ///
    /// @param groupEvents how many events a group may have; a single larger transaction is a group of its own
    /// @param groupBytes likewise in bytes
    /// @return empty if nothing came within `waitMillis`
    List<PendingAppend> take(int groupEvents, long groupBytes, long waitMillis) throws InterruptedException {
        lock.lock();
        try {
            long left = TimeUnit.MILLISECONDS.toNanos(waitMillis);
            while (waiting.isEmpty() && left > 0) {
                left = filled.awaitNanos(left);
            }
            List<PendingAppend> group = new ArrayList<>();
            int events = 0;
            long size = 0;
            while (!waiting.isEmpty()) {
                PendingAppend next = waiting.element();
                events += next.events().size();
                size += next.bytes();
                if (!group.isEmpty() && (events > groupEvents || size > groupBytes)) {
                    break;
                }
                waiting.remove();
                bytes -= next.bytes();
                group.add(next);
            }
            return group;
        } finally {
            lock.unlock();
        }
    }

    /// Takes out everything.
    List<PendingAppend> takeAll() {
        lock.lock();
        try {
            List<PendingAppend> all = new ArrayList<>(waiting);
            waiting.clear();
            bytes = 0;
            return all;
        } finally {
            lock.unlock();
        }
    }

    /// Takes out the transactions whose deadline has passed.
    ///
    /// @param now as in [System#nanoTime()]
    List<PendingAppend> expired(long now) {
        List<PendingAppend> expired = new ArrayList<>();
        lock.lock();
        try {
            waiting.removeIf(append -> {
                if (append.deadline() - now > 0) {
                    return false;
                }
                bytes -= append.bytes();
                return expired.add(append);
            });
        } finally {
            lock.unlock();
        }
        return expired;
    }

    int size() {
        lock.lock();
        try {
            return waiting.size();
        } finally {
            lock.unlock();
        }
    }
}
