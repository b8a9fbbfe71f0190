package dev.parley.client;

import java.time.Duration;
import java.util.UUID;

/// Is told what happens, one call at a time and in order. An event counts as handled when its call returns: it is
/// acknowledged then, and does not come again. A call that blocks holds back this client only, but one of more than
/// half
/// a minute looks to the server like a dead device. One that throws ends the connection, and the event comes again
/// after
/// a pause.
public interface ParleyListener {

    /// Something happened in a conversation.
    default void event(ParleyEvent event) {}

    /// All up to the position is here; what follows is live. After each connect.
    default void caughtUp(long position) {}

    /// Typing or presence.
    default void signal(ParleySignal signal) {}

    /// The server let this device in, or took another token of it.
    default void connected(UUID account, UUID session) {}

    /// The connection is lost; the client comes back by itself.
    ///
    /// @param code the close code; 1006 where there was none
    default void disconnected(int code, String reason, Duration pause) {}

    /// The connection ended and does not come back: a close code from 4500 on.
    default void stopped(int code, String reason) {}

    /// A hole in what a conversation may not have one in: an error of the server.
    default void gap(UUID conversation, long expected, long got) {}
}
