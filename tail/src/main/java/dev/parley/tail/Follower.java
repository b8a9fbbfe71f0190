package dev.parley.tail;

import org.axonframework.eventhandling.TrackedEventMessage;

/// Sees every event of the live tail, in order and once, on the tail's thread: it must not block, and what it throws is
/// a fault that stops nobody else. A bean of this type is found by the tail.
public interface Follower {

    /// Called once, before the first event.
    ///
    /// @param head the position of the newest event; -1 for an empty store
    default void startAfter(long head) {}

    /// @param message its payload is read on demand: [TrackedEventMessage#getPayloadType] costs nothing
    void event(long position, TrackedEventMessage<?> message);
}
