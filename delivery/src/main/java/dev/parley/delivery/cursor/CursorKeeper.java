package dev.parley.delivery.cursor;

import dev.parley.messages.AccountId;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;

/// Collects acknowledgements and writes them in batches, so that an ack costs no round trip. Holds at most one position
/// a device. What is lost with the process is sent to the device again, or was seen by it: a cursor behind the truth
/// is never wrong, only late. Thread-safe.
public final class CursorKeeper {

    private static final Logger log = LoggerFactory.getLogger(CursorKeeper.class);
    private static final int MAX_BATCH = 5_000;

    private final CursorStore store;
    private final Counter flushed;
    private final Counter failures;
    private final Map<DeviceKey, Long> moved = new ConcurrentHashMap<>();
    private boolean failing;

    public CursorKeeper(CursorStore store, MeterRegistry meters) {
        this.store = store;
        this.flushed = meters.counter("parley.delivery.cursors.flushed");
        this.failures = meters.counter("parley.delivery.cursors.failures");
        meters.gaugeMapSize("parley.delivery.cursors.waiting", List.of(), moved);
    }

    /// Notes that a device has everything up to the position.
    public void note(DeviceKey device, long position) {
        moved.merge(device, position, Math::max);
    }

    /// Writes what was noted. What cannot be written waits for the next time. A position is forgotten here only once it
    /// is on disk, so that [#of] never goes back.
    public synchronized void flush() {
        while (!moved.isEmpty()) {
            Map<DeviceKey, Long> batch = new HashMap<>();
            for (Map.Entry<DeviceKey, Long> entry : moved.entrySet()) {
                batch.put(entry.getKey(), entry.getValue());
                if (batch.size() == MAX_BATCH) {
                    break;
                }
            }
            if (!write(batch)) {
                return;
            }
            batch.forEach(moved::remove);
            if (batch.size() < MAX_BATCH) {
                return;
            }
        }
    }

    /// The cursors of these accounts' devices, with what is not on disk yet.
    public Map<DeviceKey, Long> of(Set<AccountId> accounts) {
        Map<DeviceKey, Long> waiting = new HashMap<>();
        moved.forEach((device, position) -> {
            if (accounts.contains(device.account())) {
                waiting.put(device, position);
            }
        });
        Map<DeviceKey, Long> known = store.of(accounts);
        waiting.forEach((device, position) -> known.merge(device, position, Math::max));
        return known;
    }

    private boolean write(Map<DeviceKey, Long> batch) {
        try {
            store.advance(batch);
            flushed.increment(batch.size());
            failing = false;
            return true;
        } catch (DataAccessException e) {
            failures.increment();
            if (!failing) {
                failing = true;
                log.atWarn().addKeyValue("devices", batch.size()).setCause(e).log("Cursors wait to be written");
            }
            return false;
        }
    }
}
