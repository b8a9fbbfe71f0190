/// Events that are published at a time: the service that takes them, and what publishes them.
@NullMarked
package dev.parley.axonserver.schedule;

import org.jspecify.annotations.NullMarked;
