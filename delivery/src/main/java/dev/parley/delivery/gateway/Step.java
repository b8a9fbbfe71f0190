package dev.parley.delivery.gateway;

import dev.parley.delivery.log.LogEntry;

/// What is to be done next for one device.
sealed interface Step {

    /// Send this event; it counts as in flight already.
    record Send(LogEntry entry) implements Step {}

    /// Tell the device that it has everything up to the position.
    record CaughtUp(long position) implements Step {}

    enum Plain implements Step {
        /// Nothing, until something wakes the session: an event, an ack.
        WAIT,
        /// Ask again: many events were passed over without one to send.
        AGAIN,
        /// The cursor is at the head of the ring: time to go live.
        AT_HEAD,
        /// The cursor is older than the ring: read the event store.
        CATCH_UP,
        /// Live, but the ring has dropped what is due: stop being live.
        FALLEN_BEHIND
    }
}
