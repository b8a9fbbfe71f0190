package dev.parley.command.conversation;

import dev.parley.messages.AccountId;
import dev.parley.messages.game.Seat;
import org.jspecify.annotations.Nullable;

/// Who plays the game whose conversation it is, as far as it was told.
record Seats(@Nullable AccountId white, @Nullable AccountId black) {

    Seats with(Seat seat, AccountId account) {
        return switch (seat) {
            case WHITE -> new Seats(account, black);
            case BLACK -> new Seats(white, account);
        };
    }
}
