/// The side of Parley that decides: commands in, facts out.
@NullMarked
package dev.parley.command;

import org.jspecify.annotations.NullMarked;
