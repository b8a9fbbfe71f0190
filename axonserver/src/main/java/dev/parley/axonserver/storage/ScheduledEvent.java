package dev.parley.axonserver.storage;

/// An event that is to be published at a time.
///
/// @param token by which it can be cancelled
/// @param due milliseconds since the epoch
/// @param event as the client gave it; it gets its timestamp when it is published
public record ScheduledEvent(String token, long due, NewEvent event) {}
