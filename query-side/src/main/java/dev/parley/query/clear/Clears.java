package dev.parley.query.clear;

import dev.parley.messages.Fact;
import dev.parley.messages.application.ApplicationEvent.ApplicationCleared;
import dev.parley.query.QuerySideSchema;
import dev.parley.query.batch.Recorded;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// Empties projections where the application was cleared, and remembers for each where that was, in
/// `query_side.clear`: in the transaction of the batch, so that it is known whichever node goes on.
@Component
public class Clears {

    private final JdbcClient jdbc;

    public Clears(JdbcClient jdbc, QuerySideSchema schema) {
        this.jdbc = jdbc;
    }

    /// Called once for each batch, before anything of it is written.
    ///
    /// @param empty takes away what the projection holds, for a clear that is new to it. It must bear repetition,
    ///     because the batch can come again
    /// @return the newest clear, in the batch or before it: facts that are not after it are to be dropped
    public Clear apply(String projection, List<Recorded<Fact>> batch, Runnable empty) {
        Clear known = known(projection);
        Clear newest = newest(batch);
        if (newest.position() <= known.position()) {
            return known;
        }
        empty.run();
        jdbc.sql("""
                insert into query_side.clear (projection, position, first_game) values (?, ?, ?)
                on conflict (projection) do update set position = excluded.position, first_game = excluded.first_game
                """).params(projection, newest.position(), newest.firstGame()).update();
        return newest;
    }

    private Clear known(String projection) {
        return jdbc.sql("select position, first_game from query_side.clear where projection = ?")
                .param(projection)
                .query((row, n) -> new Clear(row.getLong(1), row.getInt(2)))
                .optional()
                .orElse(Clear.NONE);
    }

    private static Clear newest(List<Recorded<Fact>> batch) {
        for (Recorded<Fact> recorded : batch.reversed()) {
            if (recorded.fact() instanceof ApplicationCleared cleared) {
                return new Clear(recorded.position(), cleared.firstGame().value());
            }
        }
        return Clear.NONE;
    }
}
