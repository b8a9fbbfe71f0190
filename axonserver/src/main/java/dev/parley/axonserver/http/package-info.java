/// The HTTP side of the node: health, metrics, and the clients and their event processors.
@NullMarked
package dev.parley.axonserver.http;

import org.jspecify.annotations.NullMarked;
