package dev.parley.command.era;

import dev.parley.messages.GameId;
import dev.parley.messages.RejectedException;
import dev.parley.messages.RejectionCode;
import java.util.function.Consumer;
import java.util.function.Function;
import org.springframework.context.annotation.DependsOn;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/// Reads the one row of `command_side.application`. Thread-safe; never cached, so each node sees a
/// clear at once.
@Component
@DependsOn("commandSideSchema")
public class Eras {

    private static final String SELECT = "select era, first_game, announced from command_side.application";

    private final JdbcClient jdbc;
    private final TransactionTemplate transactions;

    Eras(JdbcClient jdbc, TransactionTemplate transactions) {
        this.jdbc = jdbc;
        this.transactions = transactions;
    }

    /// One query.
    public Era current() {
        return read(SELECT);
    }

    /// Writes rows that a clear must find or must not meet: in a transaction that holds the row, so
    /// that no clear comes in between, and only while no clear waits to be announced. So whatever fact
    /// follows from those rows is stored after the fact of the last clear, or its rows are gone with
    /// the next one.
    ///
    /// @param work statements only: the row is held
    /// @throws RejectedException `unavailable` between a clear and its announcement
    public <T> T within(Function<Era, T> work) {
        return transactions.execute(status -> work.apply(held()));
    }

    /// [#within] for work without an answer.
    public void during(Consumer<Era> work) {
        transactions.executeWithoutResult(status -> work.accept(held()));
    }

    private Era held() {
        Era era = read(SELECT + " for share");
        if (!era.announced()) {
            throw new RejectedException(RejectionCode.UNAVAILABLE, "The application is being cleared, try again");
        }
        return era;
    }

    private Era read(String select) {
        return jdbc.sql(select)
                .query((row, number) -> new Era(row.getLong(1), new GameId(row.getInt(2)), row.getBoolean(3)))
                .single();
    }
}
