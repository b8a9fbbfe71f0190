package dev.parley.notifications.alarm;

import dev.parley.notifications.NotificationsProperties;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/// Looks at how pushes are doing, now and then.
@Component
class PushWatch implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(PushWatch.class);

    private final PairMeters pairs;
    private final Alarms alarms;
    private final Duration every;
    private volatile @Nullable Thread watching;

    PushWatch(PairMeters pairs, Alarms alarms, NotificationsProperties properties) {
        this.pairs = pairs;
        this.alarms = alarms;
        this.every = properties.alarm().every();
    }

    @Override
    public synchronized void start() {
        if (watching == null) {
            watching = Thread.ofVirtual().name("push-watch").start(this::watch);
        }
    }

    @Override
    public synchronized void stop() {
        Thread thread = watching;
        watching = null;
        if (thread != null) {
            thread.interrupt();
        }
    }

    @Override
    public boolean isRunning() {
        return watching != null;
    }

    private void watch() {
        try {
            while (true) {
                look();
                Thread.sleep(every);
            }
        } catch (InterruptedException e) {
            // Asked to stop.
        }
    }

    private void look() {
        try {
            pairs.refresh();
            alarms.look();
        } catch (RuntimeException e) {
            log.atWarn().setCause(e).log("Nobody could see how pushes are doing; looking again");
        }
    }
}
