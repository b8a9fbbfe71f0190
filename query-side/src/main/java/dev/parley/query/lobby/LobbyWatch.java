package dev.parley.query.lobby;

import dev.parley.tail.Follower;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.springframework.stereotype.Component;

/// Notes on the live tail how far the list of games must be projected to hold everything this process has seen: up to
/// the last fact it shows, and not up to the messages that flow after it.
@Component
class LobbyWatch implements Follower {

    private volatile long last = Long.MAX_VALUE;

    /// The position of the last fact that the list shows, or of the head that the tail started from;
    /// `Long.MAX_VALUE` while the tail has not started.
    long last() {
        return last;
    }

    @Override
    public void startAfter(long head) {
        last = head;
    }

    @Override
    public void event(long position, TrackedEventMessage<?> message) {
        if (LobbyProjection.isShown(message.getPayloadType())) {
            last = position;
        }
    }
}
