package dev.parley.axonserver.protocol;

import org.jspecify.annotations.Nullable;

/// A message that costs the client a permit, and what must follow right behind it.
///
/// @param followUp sent with the message, at no further cost
record Work<T>(T message, @Nullable T followUp) {}
