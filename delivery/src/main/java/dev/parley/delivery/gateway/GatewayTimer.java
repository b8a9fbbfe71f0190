package dev.parley.delivery.gateway;

import dev.parley.delivery.dispatch.Delay;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The gateway's one clock thread. It only starts things: they run on the executor, so that none delays another.
final class GatewayTimer implements Delay, AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(GatewayTimer.class);

    private final ScheduledThreadPoolExecutor clock;
    private final Executor executor;

    GatewayTimer(Executor executor) {
        this.executor = executor;
        this.clock = new ScheduledThreadPoolExecutor(
                1, Thread.ofPlatform().name("delivery-timer").daemon().factory());
        this.clock.setRemoveOnCancelPolicy(true);
        this.clock.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    }

    /// After [#close], nothing is done.
    @Override
    public void after(Duration delay, Runnable action) {
        try {
            clock.schedule(() -> executor.execute(action), delay.toMillis(), TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException e) {
            log.atDebug().log("The gateway is closed");
        }
    }

    /// Each time in a task of its own; the next is counted from the start of the one before.
    void every(Duration period, Runnable action) {
        clock.scheduleAtFixedRate(
                () -> executor.execute(action), period.toMillis(), period.toMillis(), TimeUnit.MILLISECONDS);
    }

    @Override
    public void close() {
        clock.shutdownNow();
    }
}
