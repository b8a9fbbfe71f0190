/// The list of games, as new as any answer that was given before.
@NullMarked
package dev.parley.query.lobby;

import org.jspecify.annotations.NullMarked;
