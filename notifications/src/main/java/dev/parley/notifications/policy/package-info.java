/// Decides on the event stream which devices are owed a push.
@NullMarked
package dev.parley.notifications.policy;

import org.jspecify.annotations.NullMarked;
