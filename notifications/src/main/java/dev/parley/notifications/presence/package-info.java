/// What the gateways know about devices: live sockets and acknowledgements.
@NullMarked
package dev.parley.notifications.presence;

import org.jspecify.annotations.NullMarked;
