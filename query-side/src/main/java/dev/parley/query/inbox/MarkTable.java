package dev.parley.query.inbox;

import dev.parley.query.QuerySideSchema;
import dev.parley.query.inbox.Mark.Muting;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.time.ZoneOffset;
import java.util.Collection;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/// Writes `query_side.mark`: a row for each account that ever read, sent or muted something in a conversation. It stays
/// when the account leaves, because the stream of its facts goes on when it comes back.
@Component
class MarkTable {

    private static final int ROWS_A_STATEMENT = 500;

    /// Marks only go forward. Whether they are shared or muted is what the last fact says, which a repeat is not.
    private static final String MARK = """
            insert into query_side.mark as m
                (conversation, account, delivered_seq, read_seq, shared, muted, muted_until, position)
            values (?, ?, ?, ?, ?, coalesce(?, false), ?, ?)
            on conflict (conversation, account) do update set
                delivered_seq = greatest(m.delivered_seq, excluded.delivered_seq),
                read_seq = greatest(m.read_seq, excluded.read_seq),
                shared = coalesce(excluded.shared, m.shared),
                muted = case when ? then excluded.muted else m.muted end,
                muted_until = case when ? then excluded.muted_until else m.muted_until end,
                position = excluded.position
            where m.position < excluded.position""";

    private final JdbcTemplate jdbc;

    MarkTable(JdbcTemplate jdbc, QuerySideSchema schema) {
        this.jdbc = jdbc;
    }

    void empty() {
        jdbc.update("delete from query_side.mark");
    }

    /// @param marks at most one of a member
    void write(Collection<Mark> marks) {
        jdbc.batchUpdate(MARK, marks, ROWS_A_STATEMENT, MarkTable::set);
    }

    private static void set(PreparedStatement statement, Mark mark) throws SQLException {
        Muting muting = mark.muting();
        boolean said = muting != null;
        statement.setObject(1, mark.member().conversation().value());
        statement.setObject(2, mark.member().account().value());
        statement.setObject(3, mark.delivered(), Types.BIGINT);
        statement.setObject(4, mark.read(), Types.BIGINT);
        statement.setObject(5, mark.shared(), Types.BOOLEAN);
        statement.setObject(6, muting == null ? null : muting.muted(), Types.BOOLEAN);
        statement.setObject(7, until(muting), Types.TIMESTAMP_WITH_TIMEZONE);
        statement.setLong(8, mark.position());
        statement.setBoolean(9, said);
        statement.setBoolean(10, said);
    }

    private static @Nullable Object until(@Nullable Muting muting) {
        return muting == null || muting.until() == null ? null : muting.until().atOffset(ZoneOffset.UTC);
    }
}
