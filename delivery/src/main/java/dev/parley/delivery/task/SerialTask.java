package dev.parley.delivery.task;

import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Runs a piece of work whenever it is woken, never twice at once, and not at all while there is nothing to do:
/// an idle session holds no thread. A wake-up during the work makes it run again, so none is lost; work that
/// fails unexpectedly is logged, and runs again when it is woken. Thread-safe.
public final class SerialTask {

    private static final Logger log = LoggerFactory.getLogger(SerialTask.class);

    private enum State {
        IDLE,
        RUNNING,
        RUNNING_WOKEN
    }

    private final Executor executor;
    private final Runnable work;
    private final AtomicReference<State> state = new AtomicReference<>(State.IDLE);
    private volatile @Nullable Thread runner;

    public SerialTask(Executor executor, Runnable work) {
        this.executor = executor;
        this.work = work;
    }

    /// From any thread; it never blocks.
    public void wake() {
        State before = state.getAndUpdate(now -> now == State.IDLE ? State.RUNNING : State.RUNNING_WOKEN);
        if (before == State.IDLE) {
            executor.execute(this::run);
        } else if (before == State.RUNNING) {
            LockSupport.unpark(runner);
        }
    }

    /// From within the work: waits for a wake-up.
    ///
    /// @return false if none came in time
    public boolean pause(Duration most) {
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
            perform();
        } while (!state.compareAndSet(State.RUNNING, State.IDLE));
    }

    private void perform() {
        try {
            work.run();
        } catch (RuntimeException e) {
            log.atError().setCause(e).log("Work failed; it goes on when there is more");
        }
    }
}
