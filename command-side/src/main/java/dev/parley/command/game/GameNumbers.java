package dev.parley.command.game;

import dev.parley.command.era.Eras;
import dev.parley.messages.AccountId;
import dev.parley.messages.GameId;
import dev.parley.messages.RejectedException;
import dev.parley.messages.RejectionCode;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// Gives games their numbers from the sequence `command_side.game_id`.
@Component
class GameNumbers {

    private final Eras eras;
    private final JdbcClient jdbc;

    GameNumbers(Eras eras, JdbcClient jdbc) {
        this.eras = eras;
        this.jdbc = jdbc;
    }

    /// A number of the present era for somebody of the present era. A clear that comes later puts its
    /// floor above it.
    ///
    /// @throws RejectedException `unauthenticated` for an account that a clear took away while its
    ///     request was under way, `unavailable` while the application is being cleared
    GameId next(AccountId by) {
        return eras.within(era -> jdbc.sql(
                        "select nextval('command_side.game_id')::int from command_side.account where account = ?")
                .param(by.value())
                .query((row, number) -> new GameId(row.getInt(1)))
                .optional()
                .orElseThrow(() -> new RejectedException(RejectionCode.UNAUTHENTICATED, "The account is gone")));
    }
}
