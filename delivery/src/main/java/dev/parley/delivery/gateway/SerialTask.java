package dev.parley.delivery.gateway;

import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/// Runs a piece of work whenever it is woken, never twice at once, and not at all while there is nothing to do: an
/// idle session holds no thread. A wake-up during the work makes it run again, so none is lost.
final class SerialTask {

    private enum State {
        IDLE,
        RUNNING,
        RUNNING_WOKEN
    }

    private final Executor executor;
    private final Runnable work;
    private final AtomicReference<State> state = new AtomicReference<>(State.IDLE);
    private volatile @Nullable Thread runner;

    SerialTask(Executor executor, Runnable work) {
        this.executor = executor;
        this.work = work;
    }

    /// From any thread; it never blocks.
    void wake() {
        State before = state.getAndUpdate(now -> now == State.IDLE ? State.RUNNING : State.RUNNING_WOKEN);
        if (before == State.IDLE) {
            executor.execute(this::run);
        } else {
            LockSupport.unpark(runner);
        }
    }

    /// From within the work: waits for a wake-up.
    ///
    /// @return false if none came in time
    boolean pause(Duration most) {
        long deadline = System.nanoTime() + most.toNanos();
        while (!state.compareAndSet(State.RUNNING_WOKEN, State.RUNNING)) {
            long left = deadline - System.nanoTime();
            if (left <= 0 || Thread.currentThread().isInterrupted()) {
                return false;
            }
            LockSupport.parkNanos(this, left);
        }
        return true;
    }

    private void run() {
        runner = Thread.currentThread();
        do {
            state.set(State.RUNNING);
            work.run();
        } while (!state.compareAndSet(State.RUNNING, State.IDLE));
    }
}
