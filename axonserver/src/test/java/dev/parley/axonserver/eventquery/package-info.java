@NullMarked
package dev.parley.axonserver.eventquery;

import org.jspecify.annotations.NullMarked;
