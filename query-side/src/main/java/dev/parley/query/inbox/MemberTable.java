package dev.parley.query.inbox;

import dev.parley.query.QuerySideSchema;
import dev.parley.query.inbox.MemberChange.Joined;
import dev.parley.query.inbox.MemberChange.Left;
import dev.parley.query.inbox.MemberChange.Read;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/// Writes `query_side.member`: a row for each interval of membership, open while `to_position` is null.
@Component
class MemberTable {

    private static final int ROWS_A_STATEMENT = 500;

    private static final String JOINED = """
            insert into query_side.member (conversation, account, from_position, role, read_sent)
            values (?, ?, ?, ?, ?)
            on conflict do nothing""";
    private static final String LEFT = """
            update query_side.member set to_position = ?
            where conversation = ? and account = ? and to_position is null and from_position < ?""";
    private static final String READ = """
            update query_side.member set read_sent = ?
            where conversation = ? and account = ? and to_position is null and read_sent < ?""";

    private final JdbcTemplate jdbc;

    MemberTable(JdbcTemplate jdbc, QuerySideSchema schema) {
        this.jdbc = jdbc;
    }

    /// In their order, with one batch of statements for each run of changes of a kind.
    void write(List<MemberChange> changes) {
        int from = 0;
        while (from < changes.size()) {
            Class<?> kind = changes.get(from).getClass();
            int to = from + 1;
            while (to < changes.size() && changes.get(to).getClass() == kind) {
                to++;
            }
            jdbc.batchUpdate(sql(changes.get(from)), changes.subList(from, to), ROWS_A_STATEMENT, MemberTable::set);
            from = to;
        }
    }

    private static String sql(MemberChange change) {
        return switch (change) {
            case Joined joined -> JOINED;
            case Left left -> LEFT;
            case Read read -> READ;
        };
    }

    private static void set(PreparedStatement statement, MemberChange change) throws SQLException {
        switch (change) {
            case Joined joined -> {
                statement.setObject(1, joined.conversation().value());
                statement.setObject(2, joined.account().value());
                statement.setLong(3, joined.position());
                statement.setString(4, joined.role().name());
                statement.setLong(5, joined.readSent());
            }
            case Left left -> {
                statement.setLong(1, left.position());
                statement.setObject(2, left.conversation().value());
                statement.setObject(3, left.account().value());
                statement.setLong(4, left.position());
            }
            case Read read -> {
                statement.setLong(1, read.readSent());
                statement.setObject(2, read.conversation().value());
                statement.setObject(3, read.account().value());
                statement.setLong(4, read.readSent());
            }
        }
    }
}
