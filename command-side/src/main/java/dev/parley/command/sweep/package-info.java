/// Doing again, in the background, what a crash or a timeout cut off.
@NullMarked
package dev.parley.command.sweep;

import org.jspecify.annotations.NullMarked;
