package dev.parley.client;

import java.time.Instant;
import java.util.UUID;

/// A request is on disk.
///
/// @param id of the request
/// @param seq of the event it made, or the `seq` that was marked as read
public record Accepted(UUID id, UUID conversation, long seq, Instant at) {}
