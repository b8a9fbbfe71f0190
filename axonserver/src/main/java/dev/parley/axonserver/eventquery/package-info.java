/// Ad hoc queries of the events and snapshots of a context.
@NullMarked
package dev.parley.axonserver.eventquery;

import org.jspecify.annotations.NullMarked;
