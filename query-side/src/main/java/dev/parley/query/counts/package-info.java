/// Whether the projections hold what the event store holds.
@NullMarked
package dev.parley.query.counts;

import org.jspecify.annotations.NullMarked;
