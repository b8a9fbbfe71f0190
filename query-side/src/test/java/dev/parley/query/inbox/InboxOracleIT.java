package dev.parley.query.inbox;

import dev.parley.testing.Oracle;
import dev.parley.testing.OracleContract;
import dev.parley.testing.Story;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Autowired;

class InboxOracleIT extends OracleContract {

    /// By what a line begins with, without it.
    private static final Map<String, String> ROWS = Map.of(
            "account",
            "select id, username, display_name, archive, position from query_side.account",
            "conversation",
            """
            select id, kind, title, topic, history, started_position, last_position, last_seq,
                extract(epoch from last_activity)::bigint, sent, imported, running, message, message_sender,
                message_excerpt, coalesce(message_attachments, -1), coalesce(message_position, -1),
                coalesce(message_seq, -1), coalesce(extract(epoch from message_at)::bigint, -1)
            from query_side.conversation""");
    private static final Map<String, String> ROWS_OF_CONVERSATIONS = Map.of(
            "has",
            """
            select m.conversation, m.account, m.role, m.from_position, c.sent - m.read_sent from query_side.member m
                join query_side.conversation c on c.id = m.conversation where m.to_position is null""",
            "had",
            "select conversation, account, role, from_position, to_position, whole from query_side.member"
                    + " where to_position is not null",
            "mark",
            "select conversation, account, delivered_seq, read_seq, shared, muted,"
                    + " extract(epoch from muted_until)::bigint from query_side.mark",
            "calls",
            "select conversation, account, seq from query_side.mention");

    @Autowired
    private InboxProjection projection;

    @Override
    protected Object projection() {
        return projection;
    }

    @Override
    protected Oracle oracle() {
        return new InboxOracle();
    }

    @Override
    protected Object state(Story story) {
        Set<String> state = new TreeSet<>();
        ROWS.forEach((what, sql) -> rows(sql).forEach(row -> state.add(InboxOracle.line(what, row))));
        ROWS_OF_CONVERSATIONS.forEach((what, sql) -> rows(sql).forEach(row -> {
            @Nullable Object[] rest = Arrays.copyOfRange(row, 1, row.length);
            state.add(InboxOracle.line(row[0] + " " + what, rest));
        }));
        return state;
    }

    private List<@Nullable Object[]> rows(String sql) {
        return jdbc.query(sql, (row, n) -> {
            @Nullable Object[] columns = new Object[row.getMetaData().getColumnCount()];
            for (int i = 0; i < columns.length; i++) {
                columns[i] = row.getObject(i + 1);
            }
            return columns;
        });
    }

    @Override
    protected int length() {
        return 600;
    }
}
