package dev.parley.command.aggregate;

import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/// Takes snapshots beside the commands, one at a time, each read from the store anew, since the cached aggregate goes
/// on changing. Where [#WAITING] are due already, one more is rejected.
///
/// It is no `Executor` itself, because a bean of that type would take the place of Spring Boot's.
final class SnapshotThread implements AutoCloseable {

    static final int WAITING = 1_000;

    private final ThreadPoolExecutor executor = new ThreadPoolExecutor(
            1,
            1,
            0,
            TimeUnit.SECONDS,
            new ArrayBlockingQueue<>(WAITING),
            Thread.ofPlatform().daemon().name("snapshots").factory(),
            new ThreadPoolExecutor.AbortPolicy());

    Executor executor() {
        return executor;
    }

    @Override
    public void close() {
        executor.shutdownNow();
    }
}
