/// The CommandService: who handles what, and the commands under way.
@NullMarked
package dev.parley.axonserver.command;

import org.jspecify.annotations.NullMarked;
