package dev.parley.delivery.presence;

import dev.parley.delivery.frames.FrameWriter;
import dev.parley.delivery.frames.ServerFrame.PresenceSignal;
import dev.parley.delivery.signal.Signal.PresenceChanged;
import dev.parley.delivery.task.SerialTask;
import dev.parley.messages.AccountId;
import dev.parley.messages.ConversationId;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;

/// Tells this node's sessions who came and went. Of one account the last change counts; at most a batch is
/// looked up at one time, with a pause after each, so that a crowd that comes costs no more than a few: it
/// takes longer. Thread-safe.
final class PresenceFanout {

    private static final Logger log = LoggerFactory.getLogger(PresenceFanout.class);
    private static final int MAX_BATCH = 200;
    private static final int MAX_CONVERSATIONS = 200;
    private static final Duration PAUSE = Duration.ofMillis(100);

    private final PresenceStore store;
    private final Audience audience;
    private final int limit;
    private final Counter dropped;
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<AccountId, PresenceChanged> waiting = new LinkedHashMap<>();
    private final SerialTask task;

    PresenceFanout(PresenceStore store, Audience audience, Executor executor, int limit, MeterRegistry meters) {
        this.store = store;
        this.audience = audience;
        this.task = new SerialTask(executor, this::work);
        this.limit = limit;
        this.dropped = meters.counter("parley.delivery.presence.dropped");
        meters.gauge("parley.delivery.presence.waiting", this, PresenceFanout::size);
    }

    void tell(PresenceChanged change) {
        if (audience.isEmpty()) {
            return;
        }
        lock.lock();
        try {
            if (waiting.size() >= limit && !waiting.containsKey(change.account())) {
                dropped.increment();
                return;
            }
            waiting.put(change.account(), change);
        } finally {
            lock.unlock();
        }
        task.wake();
    }

    private int size() {
        lock.lock();
        try {
            return waiting.size();
        } finally {
            lock.unlock();
        }
    }

    private void work() {
        try {
            Map<AccountId, PresenceChanged> batch = next();
            while (!batch.isEmpty()) {
                tell(batch);
                Thread.sleep(PAUSE);
                batch = next();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private Map<AccountId, PresenceChanged> next() {
        lock.lock();
        try {
            Map<AccountId, PresenceChanged> batch = new LinkedHashMap<>();
            waiting.entrySet().stream().limit(MAX_BATCH).forEach(entry -> batch.put(entry.getKey(), entry.getValue()));
            waiting.keySet().removeAll(batch.keySet());
            return batch;
        } finally {
            lock.unlock();
        }
    }

    private void tell(Map<AccountId, PresenceChanged> batch) {
        try {
            Map<AccountId, List<ConversationId>> shared = store.conversations(batch.keySet(), MAX_CONVERSATIONS);
            shared.forEach((account, conversations) -> {
                PresenceChanged change = batch.get(account);
                if (change != null) {
                    String frame =
                            FrameWriter.JSON.write(PresenceSignal.of(account, change.online(), change.lastActive()));
                    audience.tell(account, conversations, frame);
                }
            });
        } catch (DataAccessException e) {
            dropped.increment(batch.size());
            log.atWarn()
                    .addKeyValue("error", e.getMostSpecificCause().toString())
                    .log("Sessions cannot be told who came and went");
        }
    }
}
