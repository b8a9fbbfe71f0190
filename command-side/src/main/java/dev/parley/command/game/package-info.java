/// Games of the lobby: who sits where. Their players talk in conversations.
@NullMarked
package dev.parley.command.game;

import org.jspecify.annotations.NullMarked;
