/// How aggregates are kept: the cache in front of the event store and the snapshots in it.
@NullMarked
package dev.parley.command.aggregate;

import org.jspecify.annotations.NullMarked;
