package dev.parley.delivery.gateway;

import dev.parley.delivery.gateway.Fanout.LiveSession;
import dev.parley.delivery.task.SerialTask;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.ReentrantLock;

/// Wakes the sessions of large conversations a few at a time, so that thousands that write the same event do not stand
/// before the one that writes another.
///
/// The scheduler of virtual threads is first in, first out: a lane that yields after a chunk goes on when that chunk
/// has
/// written, or waits for its sockets, and whoever was woken meanwhile has had a turn. A session that waits here is
/// waiting once, however many events it has to write. Thread-safe.
final class CrowdLane {

    /// A few hundred microseconds of writing.
    private static final int CHUNK = 16;

    private final ReentrantLock lock = new ReentrantLock();
    private final LinkedHashSet<LiveSession> waiting = new LinkedHashSet<>();
    private final SerialTask task;

    /// @param executor a virtual thread for each task
    CrowdLane(Executor executor) {
        this.task = new SerialTask(executor, this::work);
    }

    /// Returns at once.
    void wake(Collection<LiveSession> crowd) {
        lock.lock();
        try {
            waiting.addAll(crowd);
        } finally {
            lock.unlock();
        }
        task.wake();
    }

    private void work() {
        List<LiveSession> chunk = take();
        while (!chunk.isEmpty()) {
            chunk.forEach(LiveSession::wake);
            Thread.yield();
            chunk = take();
        }
    }

    private List<LiveSession> take() {
        List<LiveSession> chunk = new ArrayList<>(CHUNK);
        lock.lock();
        try {
            Iterator<LiveSession> first = waiting.iterator();
            while (chunk.size() < CHUNK && first.hasNext()) {
                chunk.add(first.next());
                first.remove();
            }
        } finally {
            lock.unlock();
        }
        return chunk;
    }
}
