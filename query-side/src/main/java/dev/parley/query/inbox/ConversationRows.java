package dev.parley.query.inbox;

import dev.parley.messages.AccountId;
import dev.parley.messages.ConversationId;
import dev.parley.messages.MessageId;
import dev.parley.messages.conversation.ConversationKind;
import dev.parley.query.inbox.ConversationRow.LastMessage;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Reads rows of `query_side.conversation` with all columns.
final class ConversationRows {

    private ConversationRows() {}

    static ConversationRow read(ResultSet row) throws SQLException {
        return new ConversationRow(
                new ConversationId(row.getObject("id", UUID.class)),
                ConversationKind.valueOf(row.getString("kind")),
                row.getString("title"),
                row.getLong("started_position"),
                row.getLong("last_position"),
                row.getLong("last_seq"),
                instant(row, "last_activity"),
                lastMessage(row),
                row.getLong("sent"),
                row.getLong("imported"));
    }

    private static @Nullable LastMessage lastMessage(ResultSet row) throws SQLException {
        UUID id = row.getObject("message", UUID.class);
        return id == null
                ? null
                : new LastMessage(
                        new MessageId(id),
                        new AccountId(row.getObject("message_sender", UUID.class)),
                        row.getString("message_excerpt"),
                        row.getLong("message_seq"),
                        instant(row, "message_at"));
    }

    private static Instant instant(ResultSet row, String column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }
}
