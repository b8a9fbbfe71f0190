/// The WebSocket gateway `parley.v1`: live events and catch-up for devices, their sends, and their acknowledgements.
@NullMarked
package dev.parley.delivery;

import org.jspecify.annotations.NullMarked;
