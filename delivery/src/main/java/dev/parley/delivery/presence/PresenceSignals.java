package dev.parley.delivery.presence;

import dev.parley.delivery.signal.Signal;

/// What signals of claims and presence do on this node. It never blocks.
public final class PresenceSignals {

    private final DeviceClaims claims;
    private final PresenceFanout fanout;

    PresenceSignals(DeviceClaims claims, PresenceFanout fanout) {
        this.claims = claims;
        this.fanout = fanout;
    }

    public void heard(Signal.DeviceClaimed claimed) {
        claims.heard(claimed);
    }

    public void heard(Signal.PresenceChanged changed) {
        fanout.tell(changed);
    }

    /// Signals may have been missed up to now.
    public void missed() {
        claims.missed();
    }
}
