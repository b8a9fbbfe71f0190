package dev.parley.delivery.signal;

import dev.parley.delivery.DeliveryProperties;
import dev.parley.delivery.task.SerialTask;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;

/// Gathers this node's typing signals for a few milliseconds and tells the other nodes. Of one member of one
/// conversation the last one counts; above the bound the oldest goes. What cannot be told now is dropped: it would be
/// wrong later. Thread-safe.
public final class SignalSender {

    private static final Logger log = LoggerFactory.getLogger(SignalSender.class);

    private final SignalNotifier notifier;
    private final NodeId self;
    private final DeliveryProperties.Signals limits;
    private final Counter sent;
    private final Counter dropped;
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<Object, Signal> waiting = new LinkedHashMap<>();
    private final SerialTask task;
    private boolean failing;

    SignalSender(
            SignalNotifier notifier,
            NodeId self,
            Executor executor,
            DeliveryProperties.Signals limits,
            MeterRegistry meters) {
        this.notifier = notifier;
        this.self = self;
        this.task = new SerialTask(executor, this::tell);
        this.limits = limits;
        this.sent = meters.counter("parley.delivery.signals.sent");
        this.dropped = meters.counter("parley.delivery.signals.dropped");
    }

    /// Tells the other nodes soon, or drops it. It never blocks on the network.
    public void send(Signal.Typing typing) {
        lock.lock();
        try {
            waiting.remove(key(typing));
            waiting.put(key(typing), typing);
            if (waiting.size() > limits.queue()) {
                waiting.remove(waiting.keySet().iterator().next());
                dropped.increment();
            }
        } finally {
            lock.unlock();
        }
        task.wake();
    }

    private static Object key(Signal.Typing typing) {
        return List.of(typing.conversation(), typing.account());
    }

    private void tell() {
        try {
            Thread.sleep(limits.flush());
            tell(take());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private Collection<Signal> take() {
        lock.lock();
        try {
            List<Signal> batch = List.copyOf(waiting.values());
            waiting.clear();
            return batch;
        } finally {
            lock.unlock();
        }
    }

    private void tell(Collection<Signal> batch) {
        if (batch.isEmpty()) {
            return;
        }
        try {
            notifier.send(self, batch);
            sent.increment(batch.size());
            failing = false;
        } catch (DataAccessException e) {
            dropped.increment(batch.size());
            if (!failing) {
                failing = true;
                log.atWarn().setCause(e).log("Other nodes cannot be told of signals now");
            }
        }
    }
}
