/// Stand-ins for the push services, also for the tests of other modules: real protocols over loopback sockets.
@NullMarked
package dev.parley.notifications.testing;

import org.jspecify.annotations.NullMarked;
