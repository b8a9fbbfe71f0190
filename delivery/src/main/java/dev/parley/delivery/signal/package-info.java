/// Passing signals between gateway nodes, by way of PostgreSQL. Lossy by design.
@NullMarked
package dev.parley.delivery.signal;

import org.jspecify.annotations.NullMarked;
