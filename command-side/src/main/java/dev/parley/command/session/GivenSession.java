package dev.parley.command.session;

import dev.parley.messages.RejectedException;
import dev.parley.messages.SessionId;

/// The id of a session out of a path.
final class GivenSession {

    private GivenSession() {}

    /// @throws RejectedException `not-found` for what is no UUID: no session has such an id
    static SessionId id(String text) {
        try {
            return SessionId.of(text);
        } catch (IllegalArgumentException notAnId) {
            throw SessionEnds.noSession();
        }
    }
}
