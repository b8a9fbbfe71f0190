package dev.parley.notifications.explain;

import static dev.parley.notifications.Sql.at;

import dev.parley.messages.AccountId;
import dev.parley.messages.ConversationId;
import dev.parley.messages.MessageId;
import dev.parley.notifications.NotificationsConfiguration.NotificationsSchema;
import dev.parley.notifications.explain.PushExplanation.ExplainedMessage;
import dev.parley.notifications.explain.PushExplanation.FailedAttempt;
import dev.parley.notifications.explain.PushExplanation.PushRow;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/// Reads the outbox for people, by message or by device, each along an index.
@Component
class ExplainStore {

    private static final String ROWS = """
            select id, account, device, conversation, message, seq, position, cause, found, mentioned, state, reason,
                attempts, tried, created_at, due_at, claimed_until, expires_at, ended_at
            from notifications.outbox
            where %s and (created_at, id) < (?, ?) order by created_at desc, id desc limit ?""";

    private final JdbcClient jdbc;
    private final JsonMapper json = JsonMapper.builder().build();

    ExplainStore(JdbcClient jdbc, NotificationsSchema schema) {
        this.jdbc = jdbc;
    }

    /// What is known about messages of that id.
    List<ExplainedMessage> messages(MessageId message) {
        return jdbc.sql("""
                select conversation, sender, eligible, delivered, edited_at is not null, deleted_at is not null
                from notifications.message
                where (conversation, message) in (
                    select distinct conversation, message from notifications.outbox where message = ?)
                order by conversation""")
                .param(message.value())
                .query((row, n) -> {
                    UUID sender = row.getObject(2, UUID.class);
                    return new ExplainedMessage(
                            new ConversationId(row.getObject(1, UUID.class)),
                            message,
                            sender == null ? null : new AccountId(sender),
                            row.getInt(3),
                            row.getInt(4),
                            row.getBoolean(5),
                            row.getBoolean(6));
                })
                .list();
    }

    List<PushRow> ofMessage(MessageId message, PageKey before, int limit) {
        return jdbc.sql(ROWS.formatted("message = ?"))
                .params(message.value(), at(before.created()), before.id(), limit)
                .query((row, n) -> row(row))
                .list();
    }

    /// @param account whose device; null for every device of that name
    List<PushRow> ofDevice(String device, @Nullable AccountId account, PageKey before, int limit) {
        UUID owner = account == null ? null : account.value();
        return jdbc.sql(ROWS.formatted("device = ? and (?::uuid is null or account = ?::uuid)"))
                .param(device)
                .param(owner)
                .param(owner)
                .param(at(before.created()))
                .param(before.id())
                .param(limit)
                .query((row, n) -> row(row))
                .list();
    }

    private PushRow row(ResultSet row) throws SQLException {
        UUID message = row.getObject("message", UUID.class);
        boolean due = row.getString("state").equals("due");
        return new PushRow(
                row.getObject("id", UUID.class),
                new AccountId(row.getObject("account", UUID.class)),
                row.getString("device"),
                new ConversationId(row.getObject("conversation", UUID.class)),
                message == null ? null : new MessageId(message),
                row.getLong("seq"),
                row.getLong("position"),
                row.getString("cause"),
                row.getString("found"),
                row.getBoolean("mentioned"),
                row.getString("state"),
                row.getString("reason"),
                row.getInt("attempts"),
                List.of(json.readValue(row.getString("tried"), FailedAttempt[].class)),
                instant(row, "created_at"),
                due ? instant(row, "due_at") : null,
                optional(row, "claimed_until"),
                instant(row, "expires_at"),
                optional(row, "ended_at"));
    }

    private static Instant instant(ResultSet row, String column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }

    private static @Nullable Instant optional(ResultSet row, String column) throws SQLException {
        OffsetDateTime at = row.getObject(column, OffsetDateTime.class);
        return at == null ? null : at.toInstant();
    }
}
