/// Tells an operator when pushes are late, or fail.
@NullMarked
package dev.parley.notifications.alarm;

import org.jspecify.annotations.NullMarked;
