package dev.parley.delivery.presence;

import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// Claims whose sockets are gone, removed from the table in batches: closing a socket waits for nothing. What cannot be
/// removed now waits for the next time; there is at most one entry a device. Thread-safe.
public final class ClaimReleases {

    private static final int MAX_BATCH = 1_000;

    private final ClaimStore store;
    private final Map<Object, Claim> gone = new ConcurrentHashMap<>();
    private volatile Duration grace;

    ClaimReleases(ClaimStore store, Duration grace, MeterRegistry meters) {
        this.store = store;
        this.grace = grace;
        meters.gaugeMapSize("parley.delivery.claims.releasing", List.of(), gone);
    }

    /// The socket is gone.
    public void release(Claim claim) {
        gone.merge(claim.device(), claim, (a, b) -> a.number() > b.number() ? a : b);
    }

    /// The node says goodbye: it told its clients to be back elsewhere within this time.
    public void leaving(Duration spread) {
        grace = grace.plus(spread);
    }

    synchronized void flush() {
        while (!gone.isEmpty()) {
            List<Claim> batch = gone.values().stream().limit(MAX_BATCH).toList();
            store.release(batch, grace);
            batch.forEach(claim -> gone.remove(claim.device(), claim));
        }
    }
}
