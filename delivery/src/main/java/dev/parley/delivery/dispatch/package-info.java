/// The way of commands to the command side, and what it means when they fail.
@NullMarked
package dev.parley.delivery.dispatch;

import org.jspecify.annotations.NullMarked;
