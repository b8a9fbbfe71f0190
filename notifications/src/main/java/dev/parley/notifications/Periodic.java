package dev.parley.notifications;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Does something now and then on a virtual thread of its own, the first time after one wait. What it
/// throws is told of and does not end it. Thread-safe.
public final class Periodic {

    private static final Logger log = LoggerFactory.getLogger(Periodic.class);

    private final String name;
    private final Duration every;
    private final Runnable task;
    private @Nullable Thread thread;

    /// @param name of the thread
    public Periodic(String name, Duration every, Runnable task) {
        this.name = name;
        this.every = every;
        this.task = task;
    }

    public synchronized void start() {
        if (thread == null) {
            thread = Thread.ofVirtual().name(name).start(this::repeat);
        }
    }

    /// Does not wait for what is under way.
    public synchronized void stop() {
        if (thread != null) {
            thread.interrupt();
            thread = null;
        }
    }

    public synchronized boolean isRunning() {
        return thread != null;
    }

    private void repeat() {
        try {
            while (true) {
                Thread.sleep(every);
                try {
                    task.run();
                } catch (RuntimeException e) {
                    log.atWarn().addKeyValue(LogField.TASK, name).setCause(e).log("It is done again later");
                }
            }
        } catch (InterruptedException e) {
            // Asked to stop.
        }
    }
}
