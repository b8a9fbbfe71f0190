/// The EventStore service: append, aggregate reads, tracking streams, tokens.
@NullMarked
package dev.parley.axonserver.event;

import org.jspecify.annotations.NullMarked;
