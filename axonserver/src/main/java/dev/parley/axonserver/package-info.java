/// An Axon Server node in the JVM, on PostgreSQL: start, stop, settings.
@NullMarked
package dev.parley.axonserver;

import org.jspecify.annotations.NullMarked;
