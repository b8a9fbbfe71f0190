/// Tells operators what happened to each push, and what is wrong now.
@NullMarked
package dev.parley.notifications.explain;

import org.jspecify.annotations.NullMarked;
