package dev.parley.query.inbox;

import dev.parley.messages.ConversationId;
import dev.parley.messages.account.AccountEvent.AccountRegistered;
import dev.parley.query.QuerySideSchema;
import dev.parley.query.batch.Recorded;
import dev.parley.query.batch.Storable;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/// Writes the tables of `query_side`, a batch at a time, in the caller's transaction. Rows only move forward: each
/// statement leaves alone a row that has seen a later position.
@Component
class InboxTables {

    private static final int ROWS_A_STATEMENT = 500;

    private static final String ACCOUNT = """
            insert into query_side.account (id, username, display_name, archive, position) values (?, ?, ?, ?, ?)
            on conflict (id) do update set username = excluded.username, display_name = excluded.display_name,
                archive = excluded.archive, position = excluded.position
            where account.position < excluded.position""";
    private static final String RUN = """
            insert into query_side.sent_run (conversation, first_seq, before) values (?, ?, ?) on conflict do nothing""";

    private final JdbcTemplate jdbc;
    private final MemberTable members;
    private final MarkTable marks;
    private final MentionTable mentions;

    InboxTables(
            JdbcTemplate jdbc, MemberTable members, MarkTable marks, MentionTable mentions, QuerySideSchema schema) {
        this.jdbc = jdbc;
        this.members = members;
        this.marks = marks;
        this.mentions = mentions;
    }

    /// Deletes every row. It does not truncate, because readers would wait.
    void empty() {
        members.empty();
        marks.empty();
        mentions.empty();
        jdbc.update("delete from query_side.sent_run");
        jdbc.update("delete from query_side.conversation");
        jdbc.update("delete from query_side.account");
    }

    /// The rows of these conversations; one that has none is absent.
    Map<ConversationId, ConversationRow> conversations(Collection<ConversationId> ids) {
        UUID[] keys = ids.stream().map(ConversationId::value).toArray(UUID[]::new);
        return jdbc
                .query(
                        "select * from query_side.conversation where id = any (?)",
                        statement -> statement.setObject(1, keys),
                        (row, n) -> ConversationRows.read(row))
                .stream()
                .collect(Collectors.toMap(ConversationRow::id, Function.identity()));
    }

    void write(List<Recorded<AccountRegistered>> accounts) {
        jdbc.batchUpdate(ACCOUNT, accounts, ROWS_A_STATEMENT, (statement, recorded) -> {
            AccountRegistered account = recorded.fact();
            statement.setObject(1, account.account().value());
            statement.setString(2, Storable.text(account.username()));
            statement.setString(3, Storable.text(account.displayName()));
            statement.setString(4, account.archive());
            statement.setLong(5, recorded.position());
        });
    }

    void write(InboxChanges changes) {
        jdbc.batchUpdate(ConversationRows.WRITE, changes.conversations(), ROWS_A_STATEMENT, ConversationRows::set);
        jdbc.batchUpdate(RUN, changes.runs(), ROWS_A_STATEMENT, (statement, run) -> {
            statement.setObject(1, run.conversation().value());
            statement.setLong(2, run.firstSeq());
            statement.setLong(3, run.before());
        });
        members.write(changes.members());
        marks.write(changes.marks());
        mentions.write(changes.mentions());
    }
}
