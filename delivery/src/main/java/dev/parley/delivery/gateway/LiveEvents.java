package dev.parley.delivery.gateway;

import dev.parley.delivery.log.EventEncoder;
import dev.parley.tail.Follower;
import org.axonframework.eventhandling.TrackedEventMessage;

/// Encodes each live event once and fans it out.
final class LiveEvents implements Follower {

    private final EventEncoder encoder;
    private final Fanout fanout;

    LiveEvents(EventEncoder encoder, Fanout fanout) {
        this.encoder = encoder;
        this.fanout = fanout;
    }

    @Override
    public void startAfter(long head) {
        fanout.startAfter(head);
    }

    @Override
    public void event(long position, TrackedEventMessage<?> message) {
        fanout.event(position, encoder.encode(message));
    }
}
