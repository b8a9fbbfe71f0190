package dev.parley.delivery.presence;

import dev.parley.delivery.DeliveryProperties;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;

/// Sees to what is due, one thing after the other, never twice at once: sockets that are gone, devices to check again,
/// dead nodes, accounts whose grace is over.
final class Presence implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(Presence.class);

    private final ClaimReleases releases;
    private final ClaimCheck check;
    private final NodePulse pulse;
    private final PresenceStore store;
    private final DeliveryProperties.Presence times;
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("delivery-presence").daemon().factory());
    private boolean failing;

    Presence(
            ClaimReleases releases,
            ClaimCheck check,
            NodePulse pulse,
            PresenceStore store,
            DeliveryProperties.Presence times) {
        this.releases = releases;
        this.check = check;
        this.pulse = pulse;
        this.store = store;
        this.times = times;
    }

    void start() {
        long period = times.look().toMillis();
        clock.scheduleWithFixedDelay(this::look, period, period, TimeUnit.MILLISECONDS);
    }

    /// Nothing is seen to any more.
    @Override
    public void close() {
        clock.shutdownNow();
    }

    private void look() {
        try {
            releases.flush();
            check.look();
            boolean more = pulse.isSteady();
            while (more && !clock.isShutdown()) {
                boolean dead = store.reap();
                more = store.sweep() || dead;
            }
            failing = false;
        } catch (DataAccessException e) {
            if (!failing) {
                failing = true;
                log.atWarn()
                        .addKeyValue("error", e.getMostSpecificCause().toString())
                        .log("Presence waits for the database");
            }
        } catch (RuntimeException e) {
            log.atError().setCause(e).log("Presence is not kept right; tried again");
        }
    }
}
