package dev.parley.delivery.gateway;

import dev.parley.delivery.presence.PresenceSignals;
import dev.parley.delivery.signal.Signal;
import dev.parley.delivery.signal.SignalHandler;
import dev.parley.delivery.signal.SignalSender;

/// Signals between this node's sessions and the other nodes. Thread-safe; nothing in it blocks.
final class NodeSignals implements SignalHandler {

    private final LocalSignals local;
    private final SignalSender sender;
    private final PresenceSignals presence;

    NodeSignals(LocalSignals local, SignalSender sender, PresenceSignals presence) {
        this.local = local;
        this.sender = sender;
        this.presence = presence;
    }

    /// A session of this node says so: to those here at once, to the other nodes soon.
    void typing(Signal.Typing typing) {
        local.typing(typing);
        sender.send(typing);
    }

    @Override
    public void heard(Signal signal) {
        switch (signal) {
            case Signal.Typing typing -> local.typing(typing);
            case Signal.DeviceClaimed claimed -> presence.heard(claimed);
            case Signal.PresenceChanged changed -> presence.heard(changed);
        }
    }

    @Override
    public void missed() {
        presence.missed();
    }
}
