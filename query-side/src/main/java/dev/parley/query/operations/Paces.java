package dev.parley.query.operations;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/// How fast processors have been lately: looks every 5 s where they are, and keeps what it saw for a minute.
/// Thread-safe.
@Component
class Paces implements SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(Paces.class);
    private static final Duration LOOK = Duration.ofSeconds(5);
    private static final int LOOKS = 13;

    private final Tokens tokens;
    private final Deque<Look> looks = new ArrayDeque<>();
    private @Nullable ScheduledExecutorService timer;

    private record Look(long nanos, Map<String, Long> positions) {}

    Paces(Tokens tokens) {
        this.tokens = tokens;
    }

    /// Facts a second over the last minute; 0 where nothing is known yet.
    ///
    /// @param position where it is now
    synchronized double of(String processor, long position) {
        for (Look look : looks) {
            Long then = look.positions().get(processor);
            double seconds = (System.nanoTime() - look.nanos()) / 1e9;
            if (then != null && seconds > 0) {
                return Math.max(0, (position - then) / seconds);
            }
        }
        return 0;
    }

    @Override
    public synchronized void start() {
        ScheduledExecutorService started = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().daemon().name("paces").factory());
        timer = started;
        var _ = started.scheduleWithFixedDelay(this::look, 0, LOOK.toMillis(), TimeUnit.MILLISECONDS);
    }

    @Override
    public synchronized void stop() {
        if (timer != null) {
            timer.shutdownNow();
            timer = null;
        }
    }

    @Override
    public synchronized boolean isRunning() {
        return timer != null;
    }

    private void look() {
        try {
            Map<String, Long> positions = new HashMap<>();
            tokens.all().forEach((name, segments) -> positions.put(name, Tokens.position(segments)));
            add(new Look(System.nanoTime(), positions));
        } catch (RuntimeException databaseDown) {
            LOG.atDebug().addKeyValue("cause", databaseDown.toString()).log("Processors cannot be looked at");
        }
    }

    private synchronized void add(Look look) {
        looks.addLast(look);
        if (looks.size() > LOOKS) {
            looks.removeFirst();
        }
    }
}
