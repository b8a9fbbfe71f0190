package dev.parley.query.inbox;

import dev.parley.messages.ConversationId;
import dev.parley.messages.account.AccountEvent.AccountRegistered;
import dev.parley.query.QuerySideSchema;
import dev.parley.query.batch.Recorded;
import dev.parley.query.batch.Storable;
import dev.parley.query.inbox.ConversationRow.LastMessage;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
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
    private static final String CONVERSATION = """
            insert into query_side.conversation (id, kind, title, started_position, last_position, last_seq,
                last_activity, sent, imported, message, message_sender, message_excerpt, message_seq, message_at)
            values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            on conflict (id) do update set title = excluded.title, last_position = excluded.last_position,
                last_seq = excluded.last_seq, last_activity = excluded.last_activity, sent = excluded.sent,
                imported = excluded.imported, message = excluded.message, message_sender = excluded.message_sender,
                message_excerpt = excluded.message_excerpt, message_seq = excluded.message_seq,
                message_at = excluded.message_at
            where conversation.last_position < excluded.last_position""";

    private final JdbcTemplate jdbc;
    private final MemberTable members;

    InboxTables(JdbcTemplate jdbc, MemberTable members, QuerySideSchema schema) {
        this.jdbc = jdbc;
        this.members = members;
    }

    /// Deletes every row. It does not truncate, because readers would wait.
    void empty() {
        jdbc.update("delete from query_side.member");
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
        jdbc.batchUpdate(CONVERSATION, changes.conversations(), ROWS_A_STATEMENT, InboxTables::set);
        members.write(changes.members());
    }

    private static void set(PreparedStatement statement, ConversationRow row) throws SQLException {
        statement.setObject(1, row.id().value());
        statement.setString(2, row.kind().name());
        statement.setString(3, row.title());
        statement.setLong(4, row.startedPosition());
        statement.setLong(5, row.lastPosition());
        statement.setLong(6, row.lastSeq());
        statement.setObject(7, utc(row.lastActivity()));
        statement.setLong(8, row.sent());
        statement.setLong(9, row.imported());
        set(statement, row.lastMessage());
    }

    private static void set(PreparedStatement statement, @Nullable LastMessage message) throws SQLException {
        if (message == null) {
            statement.setNull(10, Types.OTHER);
            statement.setNull(11, Types.OTHER);
            statement.setNull(12, Types.VARCHAR);
            statement.setNull(13, Types.BIGINT);
            statement.setNull(14, Types.TIMESTAMP_WITH_TIMEZONE);
            return;
        }
        statement.setObject(10, message.id().value());
        statement.setObject(11, message.sender().value());
        statement.setString(12, message.excerpt());
        statement.setLong(13, message.seq());
        statement.setObject(14, utc(message.at()));
    }

    private static OffsetDateTime utc(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }
}
