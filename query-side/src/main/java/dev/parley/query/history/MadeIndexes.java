package dev.parley.query.history;

import dev.parley.query.QuerySideSchema;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// Which indexes there were before, in PostgreSQL: one that is not there any more was lost, with all that was in it.
@Component
public class MadeIndexes {

    private final JdbcClient jdbc;

    MadeIndexes(JdbcClient jdbc, QuerySideSchema schema) {
        this.jdbc = jdbc;
    }

    /// Keeps that the alias has an index.
    ///
    /// @return whether it is the first time
    public boolean add(String alias) {
        return jdbc.sql("insert into query_side.made_index (alias) values (?) on conflict do nothing")
                        .param(alias)
                        .update()
                == 1;
    }
}
