package dev.parley.delivery.gateway;

import dev.parley.delivery.cursor.DeviceKey;
import dev.parley.delivery.dispatch.Delay;
import dev.parley.delivery.frames.ServerFrame;
import dev.parley.delivery.frames.ServerFrame.PushState;
import dev.parley.messages.AccountId;
import dev.parley.messages.query.DroppedTokens;
import dev.parley.messages.query.DroppedTokens.Dropped;
import dev.parley.messages.query.FindDroppedTokens;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Tells a device after its `hello` that its push token was dropped, if it was. Nothing waits for it: those who said
/// `hello` within 100 ms, or while a question is under way, are asked for together, one question at a time. Who finds
/// no place, or comes while nobody can tell, is not told; the next `hello` is another chance. Thread-safe.
final class DroppedTokenNotices {

    private static final Logger log = LoggerFactory.getLogger(DroppedTokenNotices.class);
    private static final Duration GATHER = Duration.ofMillis(100);
    private static final Duration PATIENCE = Duration.ofSeconds(2);
    /// The bound of [FindDroppedTokens].
    static final int MAX_ACCOUNTS = 1_000;
    /// As many as are told in some twenty seconds at worst: by then most have gone again.
    static final int MAX_WAITING = 10_000;

    private final Function<FindDroppedTokens, CompletableFuture<DroppedTokens>> notifications;
    private final Delay delay;
    private final Counter told;
    private final Counter missed;
    /// Guarded by this object, as is `due`.
    private final ArrayDeque<Greeted> waiting = new ArrayDeque<>();
    /// Whether the next question is on its way.
    private boolean due;

    /// @param notifications answers, or fails at once or later
    DroppedTokenNotices(
            Function<FindDroppedTokens, CompletableFuture<DroppedTokens>> notifications,
            Delay delay,
            MeterRegistry meters) {
        this.notifications = notifications;
        this.delay = delay;
        this.told = meters.counter("parley.delivery.dropped.tokens", "outcome", "told");
        this.missed = meters.counter("parley.delivery.dropped.tokens", "outcome", "missed");
    }

    private record Greeted(DeviceKey device, Consumer<ServerFrame> socket) {}

    /// It never blocks.
    ///
    /// @param socket takes what is to be told; it may be closed by then
    synchronized void greeted(DeviceKey device, Consumer<ServerFrame> socket) {
        if (waiting.size() >= MAX_WAITING) {
            missed.increment();
            return;
        }
        waiting.add(new Greeted(device, socket));
        if (!due) {
            due = true;
            delay.after(GATHER, this::work);
        }
    }

    private void work() {
        List<Greeted> batch = next();
        try {
            tell(batch, ask(batch));
        } catch (ExecutionException | TimeoutException | RuntimeException e) {
            missed.increment(batch.size());
            log.atDebug().addKeyValue("error", e.toString()).log("Nobody tells which push tokens were dropped");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            goOn();
        }
    }

    private synchronized List<Greeted> next() {
        List<Greeted> batch = new ArrayList<>();
        Set<AccountId> accounts = new HashSet<>();
        while (!waiting.isEmpty() && accounts.size() < MAX_ACCOUNTS) {
            Greeted greeted = waiting.remove();
            accounts.add(greeted.device().account());
            batch.add(greeted);
        }
        return batch;
    }

    private synchronized void goOn() {
        due = !waiting.isEmpty();
        if (due) {
            delay.after(waiting.size() < MAX_ACCOUNTS ? GATHER : Duration.ZERO, this::work);
        }
    }

    private Map<DeviceKey, Dropped> ask(List<Greeted> batch)
            throws ExecutionException, TimeoutException, InterruptedException {
        Set<AccountId> accounts = new HashSet<>();
        batch.forEach(greeted -> accounts.add(greeted.device().account()));
        DroppedTokens answer =
                notifications.apply(new FindDroppedTokens(accounts)).get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        Map<DeviceKey, Dropped> dropped = new HashMap<>();
        if (answer != null) {
            answer.dropped().forEach(each -> dropped.put(new DeviceKey(each.account(), each.device()), each));
        }
        return dropped;
    }

    private void tell(List<Greeted> batch, Map<DeviceKey, Dropped> dropped) {
        for (Greeted greeted : batch) {
            Dropped token = dropped.get(greeted.device());
            if (token != null) {
                greeted.socket().accept(PushState.dropped(token.reason(), token.at()));
                told.increment();
            }
        }
    }
}
