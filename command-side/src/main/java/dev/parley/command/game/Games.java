package dev.parley.command.game;

import dev.parley.command.dispatch.Commands;
import dev.parley.command.dispatch.WrittenText;
import dev.parley.command.era.Eras;
import dev.parley.command.identity.DerivedId;
import dev.parley.messages.AccountId;
import dev.parley.messages.ConversationId;
import dev.parley.messages.GameId;
import dev.parley.messages.RejectedException;
import dev.parley.messages.Rejection;
import dev.parley.messages.RejectionCode;
import dev.parley.messages.conversation.ConversationCommand.SeatPlayer;
import dev.parley.messages.game.GameCommand.CreateGame;
import dev.parley.messages.game.GameCommand.TakeSeat;
import dev.parley.messages.game.Seat;
import dev.parley.messages.game.SeatedGame;
import java.time.Clock;
import java.time.Instant;
import org.springframework.stereotype.Component;

/// Creates games and seats their players. Thread-safe; it blocks.
@Component
public class Games {

    /// In code points.
    static final int NAME_LIMIT = 200;

    private final GameNumbers numbers;
    private final Eras eras;
    private final Commands commands;
    private final Clock clock;

    Games(GameNumbers numbers, Eras eras, Commands commands, Clock clock) {
        this.numbers = numbers;
        this.eras = eras;
        this.commands = commands;
        this.clock = clock;
    }

    /// @param name kept exactly as it is; it may be empty, and other games may bear it
    /// @return a number that no game had before
    /// @throws RejectedException `invalid`, `unauthenticated` for an account that is gone, or
    ///     `unavailable`, after which the game may be there under a number that nobody was told
    public GameId create(String name, AccountId by) {
        if (name.codePointCount(0, name.length()) > NAME_LIMIT || !WrittenText.isStorable(name)) {
            throw new RejectedException(
                    Rejection.invalid("gameName", "A game's name is at most 200 characters, without U+0000"));
        }
        GameId game = numbers.next(by);
        commands.send(new CreateGame(game, name, conversation(game), by, clock.instant()));
        return game;
    }

    /// Gives somebody a seat and makes them a member of the game's conversation. Where this ends after
    /// the seat is taken, [SeatPolicy] does the rest.
    ///
    /// @throws RejectedException `invalid` for a game that does not exist or was cleared, `seat-taken`
    ///     where anybody holds the seat, the account itself included, or `unavailable`, after which the
    ///     seat may be taken
    public void join(int number, Seat seat, AccountId account) {
        if (number < 1 || eras.current().isOver(new GameId(number))) {
            throw unknown();
        }
        GameId game = new GameId(number);
        Instant now = clock.instant();
        try {
            SeatedGame seated = commands.send(new TakeSeat(game, seat, account, now), SeatedGame.class);
            commands.send(new SeatPlayer(seated.conversation(), game, seated.name(), seat, account, now));
        } catch (RejectedException refused) {
            throw refused.rejection().code() == RejectionCode.NOT_FOUND ? unknown() : refused;
        }
    }

    private static ConversationId conversation(GameId game) {
        return new ConversationId(DerivedId.of("game", Integer.toString(game.value())));
    }

    private static RejectedException unknown() {
        return new RejectedException(Rejection.invalid("gameID", "There is no such game"));
    }
}
