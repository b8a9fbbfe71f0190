package dev.parley.command.sweep;

import dev.parley.command.CommandSideProperties;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/// Runs every [Sweep], one after the other on one thread: soon after the start, then again and again.
@Component
class SweepTimer implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(SweepTimer.class);
    private static final Duration FIRST = Duration.ofSeconds(1);

    private final List<Sweep> sweeps;
    private final long pauseMillis;
    /// Of failures in a row only the first is logged.
    private final Set<Sweep> failing = new HashSet<>();
    private volatile boolean running;
    private ScheduledExecutorService timer = newTimer();

    SweepTimer(List<Sweep> sweeps, CommandSideProperties properties) {
        this.sweeps = List.copyOf(sweeps);
        this.pauseMillis = properties.sweepEvery().toMillis();
    }

    @Override
    public void start() {
        if (timer.isShutdown()) {
            timer = newTimer();
        }
        var _ = timer.scheduleWithFixedDelay(
                this::sweepAll, Math.min(FIRST.toMillis(), pauseMillis), pauseMillis, TimeUnit.MILLISECONDS);
        running = true;
    }

    @Override
    public void stop() {
        running = false;
        timer.shutdownNow();
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    private void sweepAll() {
        sweeps.forEach(this::sweepQuietly);
    }

    private void sweepQuietly(Sweep sweep) {
        try {
            long done = sweep.sweep();
            failing.remove(sweep);
            if (done > 0) {
                log.atInfo()
                        .addKeyValue("sweep", sweep.name())
                        .addKeyValue("done", done)
                        .log("Swept");
            }
        } catch (RuntimeException e) {
            if (running && failing.add(sweep)) {
                log.atWarn().setCause(e).addKeyValue("sweep", sweep.name()).log("A sweep could not go on");
            }
        }
    }

    private static ScheduledExecutorService newTimer() {
        return Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().daemon().name("command-side-sweeps").factory());
    }
}
