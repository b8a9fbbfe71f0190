package dev.parley.delivery.gateway;

import dev.parley.delivery.deletion.Deletions;
import dev.parley.delivery.log.Bearing;
import dev.parley.delivery.log.EventEncoder;
import dev.parley.delivery.log.LogEntry;
import dev.parley.messages.application.ApplicationEvent.ApplicationCleared;
import dev.parley.tail.Follower;
import org.axonframework.eventhandling.TrackedEventMessage;

/// Encodes each live event once and fans it out. A deletion is known to [Deletions] before any device is told of it.
final class LiveEvents implements Follower {

    private final EventEncoder encoder;
    private final Deletions deletions;
    private final Fanout fanout;

    LiveEvents(EventEncoder encoder, Deletions deletions, Fanout fanout) {
        this.encoder = encoder;
        this.deletions = deletions;
        this.fanout = fanout;
    }

    @Override
    public void startAfter(long head) {
        deletions.startAfter(head);
        fanout.startAfter(head);
    }

    @Override
    public void event(long position, TrackedEventMessage<?> message) {
        LogEntry entry = encoder.encode(message);
        if (entry != null && entry.bearing() instanceof Bearing.Deletion deletion) {
            deletions.deleted(entry.conversation(), deletion.message(), position);
        } else if (message.getPayloadType() == ApplicationCleared.class) {
            deletions.cleared(position);
        }
        fanout.event(position, entry);
    }
}
