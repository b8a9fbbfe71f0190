package dev.parley.query.chain;

import dev.parley.query.QuerySideProperties;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

/// Sees to it that no fact waits longer than `audit.checkpoint-every` for its checkpoint, on a thread of its own. What
/// fails, as PostgreSQL may be down, is tried again at the next beat.
@Component
class CheckpointClock implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(CheckpointClock.class);
    /// A fact waits for three beats at least and four at most.
    private static final int BEATS = 4;

    private final Chain chain;
    private final Breaks breaks;
    private final TransactionOperations transactions;
    private final Duration beat;
    private volatile @Nullable ScheduledExecutorService thread;

    CheckpointClock(Chain chain, Breaks breaks, TransactionOperations transactions, QuerySideProperties properties) {
        this.chain = chain;
        this.breaks = breaks;
        this.transactions = transactions;
        this.beat = properties.audit().checkpointEvery().dividedBy(BEATS);
    }

    @Override
    public void start() {
        ScheduledExecutorService started = Executors.newSingleThreadScheduledExecutor(
                Thread.ofVirtual().name("checkpoints").factory());
        var unused = started.scheduleWithFixedDelay(this::beat, 0, beat.toMillis(), TimeUnit.MILLISECONDS);
        thread = started;
    }

    @Override
    public void stop() {
        ScheduledExecutorService running = thread;
        if (running != null) {
            running.close();
            thread = null;
        }
    }

    @Override
    public boolean isRunning() {
        return thread != null;
    }

    private void beat() {
        try {
            transactions.executeWithoutResult(status -> chain.sealAfter(beat.multipliedBy(BEATS - 1)));
            breaks.count();
        } catch (RuntimeException e) {
            log.atWarn().setCause(e).log("No checkpoint could be signed; it is tried again");
        }
    }
}
