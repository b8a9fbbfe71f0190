package dev.parley.delivery.presence;

import dev.parley.delivery.signal.SignalListener;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.dao.DataAccessException;

/// Starts just before the gateway and stops just after it, when its sockets are closed: what they held is given
/// up then.
final class PresenceLifecycle implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(PresenceLifecycle.class);

    private final SignalListener listener;
    private final Presence presence;
    private final ClaimReleases releases;
    private final NodePulse pulse;
    private volatile boolean running;

    PresenceLifecycle(SignalListener listener, Presence presence, ClaimReleases releases, NodePulse pulse) {
        this.listener = listener;
        this.presence = presence;
        this.releases = releases;
        this.pulse = pulse;
    }

    @Override
    public int getPhase() {
        return DEFAULT_PHASE - 1;
    }

    @Override
    public void start() {
        running = true;
        listener.start();
        presence.start();
    }

    @Override
    public void stop() {
        running = false;
        presence.close();
        listener.close();
        try {
            releases.flush();
            pulse.stop();
        } catch (DataAccessException e) {
            log.atWarn()
                    .addKeyValue("error", e.getMostSpecificCause().toString())
                    .log("Others will find that this node is gone");
        }
    }

    @Override
    public boolean isRunning() {
        return running;
    }
}
