/// Games of two seats, as the lobby offers them.
@NullMarked
package dev.parley.messages.game;

import org.jspecify.annotations.NullMarked;
