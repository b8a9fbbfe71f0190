/// Sockets, what is sent to them and what is done with what they say.
@NullMarked
package dev.parley.delivery.gateway;

import org.jspecify.annotations.NullMarked;
