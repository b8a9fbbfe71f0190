package dev.parley.delivery.presence;

import dev.parley.delivery.cursor.DeviceKey;
import dev.parley.delivery.presence.ClaimStore.Wanted;
import dev.parley.delivery.task.SerialTask;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// Claims many devices in one transaction: while one is under way, the `hello`s that come are gathered for the
/// next. So a crowd that returns costs a few transactions, one connection, and a lone `hello` waits for nobody.
/// Who does not wait any more cancels, and is left out of the next batch: it holds what came since the last
/// one. Thread-safe.
final class ClaimBatches {

    private static final int MAX_BATCH = 200;

    private final ClaimStore store;
    private final ClaimReleases releases;
    private final ReentrantLock lock = new ReentrantLock();
    private final ArrayDeque<Waiting> waiting = new ArrayDeque<>();
    private final SerialTask task;

    /// @param releases takes claims that came too late for their `hello`
    ClaimBatches(ClaimStore store, ClaimReleases releases, Executor executor) {
        this.store = store;
        this.releases = releases;
        this.task = new SerialTask(executor, this::work);
    }

    private record Waiting(Wanted wanted, CompletableFuture<@Nullable Claim> claim) {}

    /// @return null where a newer socket holds the device beyond doubt; fails where it is in doubt, if the
    ///     database is away, or as [ClaimStore#claim] says
    CompletableFuture<@Nullable Claim> claim(Wanted wanted) {
        Waiting entry = new Waiting(wanted, new CompletableFuture<>());
        lock.lock();
        try {
            waiting.add(entry);
        } finally {
            lock.unlock();
        }
        task.wake();
        return entry.claim();
    }

    private void work() {
        Map<DeviceKey, Waiting> batch = next();
        while (!batch.isEmpty()) {
            claim(batch);
            batch = next();
        }
    }

    /// Each device once: the second of two `hello`s of a device waits for the next batch.
    private Map<DeviceKey, Waiting> next() {
        lock.lock();
        try {
            Map<DeviceKey, Waiting> batch = new HashMap<>();
            waiting.removeIf(entry -> entry.claim().isDone());
            Iterator<Waiting> entries = waiting.iterator();
            while (entries.hasNext() && batch.size() < MAX_BATCH) {
                Waiting entry = entries.next();
                if (batch.putIfAbsent(entry.wanted().device(), entry) == null) {
                    entries.remove();
                }
            }
            return batch;
        } finally {
            lock.unlock();
        }
    }

    private void refuse(List<Waiting> entries) {
        if (entries.isEmpty()) {
            return;
        }
        Set<DeviceKey> held = store.newer(entries.stream().map(Waiting::wanted).toList());
        for (Waiting entry : entries) {
            if (held.contains(entry.wanted().device())) {
                entry.claim().complete(null);
            } else {
                entry.claim().completeExceptionally(new IllegalStateException("The claim was not taken"));
            }
        }
    }

    private void claim(Map<DeviceKey, Waiting> batch) {
        List<Waiting> entries = new ArrayList<>(batch.values());
        try {
            for (Claim claim : store.claim(entries.stream().map(Waiting::wanted).toList())) {
                Waiting entry = batch.get(claim.device());
                if (entry == null || !entry.claim().complete(claim)) {
                    releases.release(claim);
                }
            }
            refuse(entries.stream().filter(entry -> !entry.claim().isDone()).toList());
        } catch (RuntimeException e) {
            entries.forEach(entry -> entry.claim().completeExceptionally(e));
        }
    }
}
