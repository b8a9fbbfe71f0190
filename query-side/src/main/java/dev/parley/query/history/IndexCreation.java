package dev.parley.query.history;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/// Creates the index of messages when the server starts, in the background: the server is ready while Elasticsearch is
/// still on its way up. It retries until it succeeds, after 0.5 s at first and 10 s at last, with jitter.
@Component
class IndexCreation implements SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(IndexCreation.class);
    private static final Duration FIRST_RETRY = Duration.ofMillis(500);
    private static final Duration LAST_RETRY = Duration.ofSeconds(10);

    private final MessageIndex index;
    private @Nullable Thread thread;

    IndexCreation(MessageIndex index) {
        this.index = index;
    }

    @Override
    public synchronized void start() {
        thread = Thread.ofVirtual().name("index-creation").start(this::create);
    }

    @Override
    public synchronized void stop() {
        if (thread != null) {
            thread.interrupt();
            thread = null;
        }
    }

    @Override
    public synchronized boolean isRunning() {
        return thread != null;
    }

    private void create() {
        Duration pause = FIRST_RETRY;
        while (!created()) {
            try {
                Thread.sleep(Duration.ofMillis(
                        ThreadLocalRandom.current().nextLong(pause.toMillis() / 2, pause.toMillis())));
            } catch (InterruptedException stopped) {
                return;
            }
            pause = pause.multipliedBy(2).compareTo(LAST_RETRY) > 0 ? LAST_RETRY : pause.multipliedBy(2);
        }
    }

    private boolean created() {
        try {
            index.ensure();
            return true;
        } catch (RuntimeException failure) {
            LOG.atWarn()
                    .addKeyValue("index", MessageIndex.ALIAS)
                    .addKeyValue("cause", failure.toString())
                    .log("Elasticsearch has no index of messages yet, trying again");
            return false;
        }
    }
}
