/// The lobby's door: the same accounts, sessions and games, by the routes and bodies that the lobby's clients know.
@NullMarked
package dev.parley.command.lobby;

import org.jspecify.annotations.NullMarked;
