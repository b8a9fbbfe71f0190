package dev.parley.query.inbox;

import dev.parley.messages.AccountId;
import dev.parley.messages.ConversationId;
import dev.parley.messages.MessageId;
import dev.parley.messages.conversation.ConversationKind;
import dev.parley.messages.conversation.HistoryVisibility;
import dev.parley.query.inbox.ConversationRow.Counted;
import dev.parley.query.inbox.ConversationRow.LastMessage;
import dev.parley.query.inbox.ConversationRow.Latest;
import dev.parley.query.inbox.ConversationRow.Place;
import dev.parley.query.inbox.ConversationRow.Settings;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Reads rows of `query_side.conversation` with all columns, and writes them.
final class ConversationRows {

    /// Leaves alone a row that has seen a later position.
    static final String WRITE = """
            insert into query_side.conversation (id, kind, title, topic, history, started_position, last_position,
                last_seq, last_activity, sent, imported, running, message, message_sender, message_excerpt,
                message_attachments, message_position, message_seq, message_at)
            values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            on conflict (id) do update set title = excluded.title, topic = excluded.topic, history = excluded.history,
                last_position = excluded.last_position, last_seq = excluded.last_seq,
                last_activity = excluded.last_activity, sent = excluded.sent, imported = excluded.imported,
                running = excluded.running, message = excluded.message, message_sender = excluded.message_sender,
                message_excerpt = excluded.message_excerpt, message_attachments = excluded.message_attachments,
                message_position = excluded.message_position, message_seq = excluded.message_seq,
                message_at = excluded.message_at
            where conversation.last_position < excluded.last_position""";

    private ConversationRows() {}

    static ConversationRow read(ResultSet row) throws SQLException {
        return new ConversationRow(
                new ConversationId(row.getObject("id", UUID.class)),
                ConversationKind.valueOf(row.getString("kind")),
                new Settings(
                        row.getString("title"),
                        row.getString("topic"),
                        HistoryVisibility.valueOf(row.getString("history"))),
                row.getLong("started_position"),
                new Latest(row.getLong("last_position"), row.getLong("last_seq"), instant(row, "last_activity")),
                lastMessage(row),
                new Counted(row.getLong("sent"), row.getLong("imported"), row.getBoolean("running")));
    }

    private static @Nullable LastMessage lastMessage(ResultSet row) throws SQLException {
        UUID id = row.getObject("message", UUID.class);
        return id == null
                ? null
                : new LastMessage(
                        new MessageId(id),
                        new AccountId(row.getObject("message_sender", UUID.class)),
                        row.getString("message_excerpt"),
                        row.getInt("message_attachments"),
                        new Place(row.getLong("message_position"), row.getLong("message_seq")),
                        instant(row, "message_at"));
    }

    private static Instant instant(ResultSet row, String column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }

    /// Fills in [#WRITE].
    static void set(PreparedStatement statement, ConversationRow row) throws SQLException {
        statement.setObject(1, row.id().value());
        statement.setString(2, row.kind().name());
        statement.setString(3, row.settings().title());
        statement.setString(4, row.settings().topic());
        statement.setString(5, row.settings().history().name());
        statement.setLong(6, row.startedPosition());
        statement.setLong(7, row.latest().position());
        statement.setLong(8, row.latest().seq());
        statement.setObject(9, utc(row.latest().at()));
        statement.setLong(10, row.counted().sent());
        statement.setLong(11, row.counted().imported());
        statement.setBoolean(12, row.counted().running());
        set(statement, row.lastMessage());
    }

    private static void set(PreparedStatement statement, @Nullable LastMessage message) throws SQLException {
        if (message == null) {
            statement.setNull(13, Types.OTHER);
            statement.setNull(14, Types.OTHER);
            statement.setNull(15, Types.VARCHAR);
            statement.setNull(16, Types.INTEGER);
            statement.setNull(17, Types.BIGINT);
            statement.setNull(18, Types.BIGINT);
            statement.setNull(19, Types.TIMESTAMP_WITH_TIMEZONE);
            return;
        }
        statement.setObject(13, message.id().value());
        statement.setObject(14, message.sender().value());
        statement.setString(15, message.excerpt());
        statement.setInt(16, message.attachments());
        statement.setLong(17, message.place().position());
        statement.setLong(18, message.place().seq());
        statement.setObject(19, utc(message.at()));
    }

    private static OffsetDateTime utc(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }
}
