/// Events and snapshots in PostgreSQL: one writer, many readers, a tail in memory.
@NullMarked
package dev.parley.axonserver.storage;

import org.jspecify.annotations.NullMarked;
