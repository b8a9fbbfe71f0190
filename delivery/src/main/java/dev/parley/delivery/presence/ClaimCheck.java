package dev.parley.delivery.presence;

import dev.parley.delivery.cursor.DeviceKey;
import dev.parley.delivery.task.SerialTask;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;

/// Compares this node's sockets with the table: closes those that lost their device, puts back claims that others
/// removed, and removes what was left behind. What cannot be asked now is asked again. Thread-safe.
final class ClaimCheck {

    private static final Logger log = LoggerFactory.getLogger(ClaimCheck.class);
    private static final int MAX_BATCH = 1_000;

    private final ClaimStore store;
    private final ClaimReleases releases;
    private final HeldDevices held;
    private final SerialTask task;
    private final Counter replaced;
    private final Set<DeviceKey> contested = ConcurrentHashMap.newKeySet();
    /// Set while all devices are to be checked: tells which are being claimed.
    private final AtomicReference<@Nullable Predicate<DeviceKey>> all = new AtomicReference<>();

    ClaimCheck(ClaimStore store, ClaimReleases releases, HeldDevices held, Executor executor, MeterRegistry meters) {
        this.store = store;
        this.releases = releases;
        this.held = held;
        this.task = new SerialTask(executor, this::tryLook);
        this.replaced = meters.counter("parley.delivery.claims.replaced");
    }

    /// While a check is under way, devices gather for the next.
    void soon(DeviceKey device) {
        if (contested.add(device)) {
            task.wake();
        }
    }

    /// @param pending devices that are being claimed now
    void allSoon(Predicate<DeviceKey> pending) {
        all.set(pending);
        task.wake();
    }

    private void tryLook() {
        try {
            look();
        } catch (DataAccessException e) {
            log.atWarn()
                    .addKeyValue("error", e.getMostSpecificCause().toString())
                    .log("Devices cannot be checked now");
        }
    }

    /// @throws DataAccessException what was to be checked stays so
    void look() {
        Predicate<DeviceKey> pending = all.getAndSet(null);
        if (pending != null) {
            boolean done = false;
            try {
                checkAll(pending);
                done = true;
            } finally {
                if (!done) {
                    all.compareAndSet(null, pending);
                }
            }
        }
        checkContested();
    }

    /// Rows are read before it is asked which devices are held: what is claimed meanwhile is pending, or held.
    private void checkAll(Predicate<DeviceKey> pending) {
        batches(held.held()).forEach(this::check);
        store.ours().stream()
                .filter(row -> !pending.test(row.device()) && !holds(row))
                .forEach(releases::release);
    }

    private void checkContested() {
        List<DeviceKey> asked = List.copyOf(contested);
        asked.forEach(contested::remove);
        List<Claim> claims = new ArrayList<>();
        for (DeviceKey device : asked) {
            Claim claim = held.held(device);
            if (claim != null) {
                claims.add(claim);
            }
        }
        boolean done = false;
        try {
            batches(claims).forEach(this::check);
            done = true;
        } finally {
            if (!done) {
                contested.addAll(asked);
            }
        }
    }

    private void check(List<Claim> claims) {
        List<Claim> missing = close(claims);
        if (missing.isEmpty()) {
            return;
        }
        store.restore(missing);
        missing.stream().filter(claim -> !holds(claim)).forEach(releases::release);
        close(missing);
    }

    /// Closes those with a newer socket elsewhere.
    ///
    /// @return those whose row is missing, or older than their claim
    private List<Claim> close(List<Claim> claims) {
        Map<DeviceKey, Long> numbers =
                store.numbers(claims.stream().map(Claim::device).toList());
        List<Claim> missing = new ArrayList<>();
        for (Claim claim : claims) {
            long newest = numbers.getOrDefault(claim.device(), -1L);
            if (newest > claim.number()) {
                replaced.increment();
                held.replaced(claim);
            } else if (newest < claim.number()) {
                missing.add(claim);
            }
        }
        return missing;
    }

    private boolean holds(Claim claim) {
        Claim now = held.held(claim.device());
        return now != null && now.number() == claim.number();
    }

    private static List<List<Claim>> batches(List<Claim> claims) {
        List<List<Claim>> batches = new ArrayList<>();
        for (int from = 0; from < claims.size(); from += MAX_BATCH) {
            batches.add(claims.subList(from, Math.min(from + MAX_BATCH, claims.size())));
        }
        return batches;
    }
}
