/// The push services of the world outside.
@NullMarked
package dev.parley.notifications.gateway;

import org.jspecify.annotations.NullMarked;
