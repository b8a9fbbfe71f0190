package dev.parley.query.inbox;

import dev.parley.query.QuerySideSchema;
import dev.parley.query.inbox.MemberChange.Joined;
import dev.parley.query.inbox.MemberChange.Left;
import dev.parley.query.inbox.MemberChange.Read;
import dev.parley.query.inbox.MemberChange.RoleChanged;
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
            insert into query_side.member (conversation, account, from_position, role, read_sent, whole)
            values (?, ?, ?, ?, ?, false)
            on conflict do nothing""";
    private static final String LEFT = """
            update query_side.member set to_position = ?, whole = ?
            where conversation = ? and account = ? and to_position is null and from_position < ?""";
    private static final String ROLE = """
            update query_side.member set role = ?
            where conversation = ? and account = ? and to_position is null""";
    /// Counts the messages sent up to a place: those before the last run that begins up to it, and those of that run.
    /// The run ends where the next one begins, or holds all that is left.
    private static final String READ = """
            update query_side.member m set read_sent = greatest(m.read_sent, counted.sent)
            from (
                select least(run.before + place.seq - run.first_seq + 1, coalesce(
                    (select next.before from query_side.sent_run next
                        where next.conversation = run.conversation and next.first_seq > run.first_seq
                        order by next.first_seq limit 1),
                    (select c.sent from query_side.conversation c where c.id = run.conversation))) as sent
                from (select ?::uuid as conversation, ?::bigint as seq) place
                    join query_side.sent_run run
                        on run.conversation = place.conversation and run.first_seq <= place.seq
                order by run.first_seq desc limit 1) counted
            where m.conversation = ? and m.account = ? and m.to_position is null and m.read_sent < counted.sent""";

    private final JdbcTemplate jdbc;

    MemberTable(JdbcTemplate jdbc, QuerySideSchema schema) {
        this.jdbc = jdbc;
    }

    void empty() {
        jdbc.update("delete from query_side.member");
    }

    /// After the conversations and their runs. In their order, with one batch of statements for each run of changes of
    /// a kind.
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
            case RoleChanged changed -> ROLE;
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
                statement.setBoolean(2, left.whole());
                statement.setObject(3, left.conversation().value());
                statement.setObject(4, left.account().value());
                statement.setLong(5, left.position());
            }
            case RoleChanged changed -> {
                statement.setString(1, changed.role().name());
                statement.setObject(2, changed.conversation().value());
                statement.setObject(3, changed.account().value());
            }
            case Read read -> {
                statement.setObject(1, read.conversation().value());
                statement.setLong(2, read.seq());
                statement.setObject(3, read.conversation().value());
                statement.setObject(4, read.account().value());
            }
        }
    }
}
