package dev.parley.command.era;

import dev.parley.command.identity.DerivedId;
import dev.parley.messages.GameId;
import java.util.Arrays;
import java.util.UUID;

/// The time since the application was last cleared.
///
/// @param number how many times it was cleared
/// @param firstGame games below this number are of before
/// @param announced whether the fact that it was cleared is stored
public record Era(long number, GameId firstGame, boolean announced) {

    /// Whether the game was cleared.
    public boolean isOver(GameId game) {
        return game.value() < firstGame.value();
    }

    /// [DerivedId#of] for what exists once in each era, so that it can come again after a clear. In era
    /// 0 the names alone make the id: those of before there were eras stay good.
    public UUID derive(String... names) {
        if (number == 0) {
            return DerivedId.of(names);
        }
        String[] all = Arrays.copyOf(names, names.length + 1);
        all[names.length] = Long.toString(number);
        return DerivedId.of(all);
    }
}
