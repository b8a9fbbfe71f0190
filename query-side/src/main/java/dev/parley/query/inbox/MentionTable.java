package dev.parley.query.inbox;

import dev.parley.messages.AccountId;
import dev.parley.query.QuerySideSchema;
import java.util.UUID;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/// Writes `query_side.mention`: a row for each account that a message calls, until it has read that message.
@Component
class MentionTable {

    private static final int ROWS_A_STATEMENT = 500;

    private static final String CALLED = """
            insert into query_side.mention (account, conversation, seq) values (?, ?, ?) on conflict do nothing""";
    private static final String KEPT = """
            delete from query_side.mention where conversation = ? and seq = ? and account <> all (?)""";
    private static final String READ = """
            delete from query_side.mention where account = ? and conversation = ? and seq <= ?""";

    private final JdbcTemplate jdbc;

    MentionTable(JdbcTemplate jdbc, QuerySideSchema schema) {
        this.jdbc = jdbc;
    }

    void empty() {
        jdbc.update("delete from query_side.mention");
    }

    void write(MentionChanges changes) {
        jdbc.batchUpdate(CALLED, changes.called(), ROWS_A_STATEMENT, (statement, called) -> {
            statement.setObject(1, called.account().value());
            statement.setObject(2, called.conversation().value());
            statement.setLong(3, called.seq());
        });
        jdbc.batchUpdate(KEPT, changes.kept(), ROWS_A_STATEMENT, (statement, kept) -> {
            statement.setObject(1, kept.conversation().value());
            statement.setLong(2, kept.seq());
            statement.setObject(
                    3, kept.accounts().stream().map(AccountId::value).toArray(UUID[]::new));
        });
        jdbc.batchUpdate(READ, changes.read(), ROWS_A_STATEMENT, (statement, read) -> {
            statement.setObject(1, read.account().value());
            statement.setObject(2, read.conversation().value());
            statement.setLong(3, read.seq());
        });
    }
}
