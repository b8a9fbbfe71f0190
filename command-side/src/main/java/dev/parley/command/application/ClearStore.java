package dev.parley.command.application;

import dev.parley.command.era.Era;
import dev.parley.messages.GameId;
import org.springframework.context.annotation.DependsOn;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/// Clears the tables of `command_side`.
@Component
@DependsOn("commandSideSchema")
class ClearStore {

    private final JdbcClient jdbc;
    private final TransactionTemplate transactions;

    ClearStore(JdbcClient jdbc, TransactionTemplate transactions) {
        this.jdbc = jdbc;
        this.transactions = transactions;
    }

    /// One transaction begins an era and deletes all sessions, roles and accounts. The row of the era
    /// comes first: it makes clears take turns, and `Eras.within` wait.
    ///
    /// @return not announced
    Era begin() {
        return transactions.execute(status -> {
            Era era = jdbc.sql("""
                    update command_side.application
                    set era = era + 1, first_game = nextval('command_side.game_id'), announced = false
                    returning era, first_game""")
                    .query((row, number) -> new Era(row.getLong(1), new GameId(row.getInt(2)), false))
                    .single();
            jdbc.sql("delete from command_side.session").update();
            jdbc.sql("delete from command_side.account_role").update();
            jdbc.sql("delete from command_side.account").update();
            return era;
        });
    }

    /// @return false where a later clear has begun, which has to be announced itself, or it was done
    ///     before
    boolean announced(Era era) {
        return jdbc.sql("update command_side.application set announced = true where era = ? and not announced")
                        .param(era.number())
                        .update()
                == 1;
    }
}
