package dev.parley.delivery.gateway;

import dev.parley.delivery.frames.CloseCode;
import dev.parley.messages.application.ApplicationEvent.ApplicationCleared;
import dev.parley.messages.session.SessionEvent.SessionClosed;
import dev.parley.tail.Follower;
import java.util.List;
import org.axonframework.eventhandling.TrackedEventMessage;

/// Closes the sockets of a session that has ended, and those of all sessions when the application is cleared.
final class SessionEnds implements Follower {

    private final Logins logins;

    SessionEnds(Logins logins) {
        this.logins = logins;
    }

    @Override
    public void event(long position, TrackedEventMessage<?> message) {
        Class<?> type = message.getPayloadType();
        if (type == SessionClosed.class) {
            close(logins.ended(((SessionClosed) message.getPayload()).session()));
        } else if (type == ApplicationCleared.class) {
            close(logins.allEnded());
        }
    }

    private static void close(List<Connection> connections) {
        connections.forEach(connection -> connection.close(CloseCode.UNAUTHENTICATED));
    }
}
