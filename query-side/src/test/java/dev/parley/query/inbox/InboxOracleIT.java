package dev.parley.query.inbox;

import dev.parley.testing.OracleContract;
import dev.parley.testing.Story;
import java.util.Set;
import java.util.TreeSet;
import org.springframework.beans.factory.annotation.Autowired;

/// The tables of accounts, conversations, members and marks.
class InboxOracleIT extends OracleContract {

    @Autowired
    private InboxProjection projection;

    @Override
    protected Object projection() {
        return projection;
    }

    @Override
    protected Fold fold() {
        return new InboxOracle();
    }

    @Override
    protected Set<String> read(Story story) {
        Set<String> state = new TreeSet<>();
        jdbc.query(
                "select id, title, topic, history, last_seq, sent, imported, message, message_excerpt"
                        + " from query_side.conversation",
                row -> {
                    Object[] columns = new Object[9];
                    for (int i = 0; i < columns.length; i++) {
                        columns[i] = row.getObject(i + 1);
                    }
                    state.add(InboxOracle.conversation(columns));
                });
        jdbc.query(
                "select conversation || ' has ' || account || ' as ' || role from query_side.member"
                        + " where to_position is null",
                row -> {
                    state.add(row.getString(1));
                });
        jdbc.query("select conversation || ' ' || account, muted, delivered_seq from query_side.mark", row -> {
            if (row.getBoolean(2)) {
                state.add(row.getString(1) + " muted");
            }
            if (row.getObject(3) != null) {
                state.add(row.getString(1) + " delivered " + row.getLong(3));
            }
        });
        jdbc.query(
                "select 'account ' || id || ' ' || username || ' ' || display_name || ' ' || coalesce(archive, 'null')"
                        + " from query_side.account",
                row -> {
                    state.add(row.getString(1));
                });
        return state;
    }
}
