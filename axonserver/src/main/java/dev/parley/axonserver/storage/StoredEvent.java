package dev.parley.axonserver.storage;

import io.axoniq.axonserver.grpc.event.Event;

/// A committed event.
///
/// @param index its place in the log, from 0, without gaps
/// @param bytes its size on the wire
public record StoredEvent(long index, Event event, int bytes) {}
