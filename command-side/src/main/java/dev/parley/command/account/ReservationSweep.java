package dev.parley.command.account;

import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/// Finishes registrations that a crash or a timeout cut off after their fact was stored: soon after the start and
/// every minute.
@Component
class ReservationSweep implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(ReservationSweep.class);
    private static final Duration FIRST = Duration.ofSeconds(5);
    private static final Duration PAUSE = Duration.ofMinutes(1);
    private static final int BATCH = 100;

    private final ReservationStore reservations;
    private final Accounts accounts;
    private final Clock clock;
    private volatile boolean running;
    private ScheduledExecutorService timer = newTimer();

    ReservationSweep(ReservationStore reservations, Accounts accounts, Clock clock) {
        this.reservations = reservations;
        this.accounts = accounts;
        this.clock = clock;
    }

    /// @return how many were finished
    long sweep() {
        return reservations.findPendingBefore(clock.instant().minus(Accounts.ABANDONED_AFTER), BATCH).stream()
                .filter(accounts::finish)
                .count();
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

    private void sweepQuietly() {
        try {
            long finished = sweep();
            if (finished > 0) {
                log.atInfo().addKeyValue("accounts", finished).log("Finished registrations that were cut off");
            }
        } catch (RuntimeException e) {
            log.atWarn().setCause(e).log("Registrations that were cut off could not be looked for");
        }
    }

    private static ScheduledExecutorService newTimer() {
        return Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().daemon().name("reservation-sweep").factory());
    }
}
