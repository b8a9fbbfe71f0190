/// The event log as a gateway node sees it: the live tail, the ring of the newest events, and reading further back.
@NullMarked
package dev.parley.delivery.log;

import org.jspecify.annotations.NullMarked;
