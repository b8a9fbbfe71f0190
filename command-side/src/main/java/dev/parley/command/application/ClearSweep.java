package dev.parley.command.application;

import dev.parley.command.era.Era;
import dev.parley.command.era.Eras;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/// Goes on with clears that were cut off: soon after the start and then every ten seconds, because
/// nobody can register until a clear is announced. Where there is nothing to do it is one query of one
/// row.
@Component
class ClearSweep implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(ClearSweep.class);
    private static final Duration FIRST = Duration.ofSeconds(1);
    private static final Duration PAUSE = Duration.ofSeconds(10);

    private final Eras eras;
    private final Announcement announcement;
    private volatile boolean running;
    private volatile boolean failing;
    private ScheduledExecutorService timer = newTimer();

    ClearSweep(Eras eras, Announcement announcement) {
        this.eras = eras;
        this.announcement = announcement;
    }

    void sweep() {
        Era era = eras.current();
        if (era.announced()) {
            announcement.appointAdmin();
        } else {
            announcement.make(era);
        }
    }

    @Override
    public void start() {
        if (timer.isShutdown()) {
            timer = newTimer();
        }
        var _ = timer.scheduleWithFixedDelay(
                this::sweepQuietly, FIRST.toMillis(), PAUSE.toMillis(), TimeUnit.MILLISECONDS);
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

    /// Of failures in a row only the first is logged.
    private void sweepQuietly() {
        try {
            sweep();
            failing = false;
        } catch (RuntimeException e) {
            if (running && !failing) {
                log.atWarn().setCause(e).log("Clears that were cut off could not be looked for or finished");
            }
            failing = true;
        }
    }

    private static ScheduledExecutorService newTimer() {
        return Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().daemon().name("clear-sweep").factory());
    }
}
