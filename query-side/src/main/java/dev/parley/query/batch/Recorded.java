package dev.parley.query.batch;

import java.time.Instant;

/// A fact with what the event store says about it.
///
/// @param position its global index in the store
/// @param seq its sequence number in its stream
/// @param storedAt when it was stored; [dev.parley.messages.Fact#at()] is when it happened
public record Recorded<F>(F fact, long position, long seq, Instant storedAt) {}
