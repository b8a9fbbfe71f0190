package dev.parley.tail;

import org.axonframework.eventhandling.TrackedEventMessage;

/// Sees every event of the live tail, in order and once, on the tail's thread: it must not block. What it throws is a
/// fault that is logged and stops nobody: that event is lost to it.
///
/// Beans of this type are found by the tail; where one has to see an event before another, Spring's `@Order` says so.
/// They are made before the tail, so they must not need it or the [ReadBarrier].
public interface Follower {

    /// Called once, before the first event.
    ///
    /// @param head the position of the newest event at the start; -1 for an empty store
    default void startAfter(long head) {}

    /// @param message its payload is read on demand: [TrackedEventMessage#getPayloadType] costs nothing
    void event(long position, TrackedEventMessage<?> message);
}
