/// The way of a command from an edge to its aggregate and of the answer back.
@NullMarked
package dev.parley.command.dispatch;

import org.jspecify.annotations.NullMarked;
