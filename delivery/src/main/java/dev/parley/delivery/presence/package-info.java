/// Which node holds the socket of which device, and who is online.
@NullMarked
package dev.parley.delivery.presence;

import org.jspecify.annotations.NullMarked;
