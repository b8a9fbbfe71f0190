package dev.parley.query.inbox;

import dev.parley.messages.AccountId;
import dev.parley.messages.ConversationId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.springframework.jdbc.core.JdbcTemplate;

/// Whom messages call, read or not, in `expected_mention`. Used by one thread.
final class ExpectedMentions {

    static final String COLUMNS =
            "(conversation uuid, account uuid, seq bigint, primary key (conversation, account, seq))";

    private static final int ROWS_A_STATEMENT = 500;

    private final JdbcTemplate jdbc;
    private final Map<Place, Set<AccountId>> called = new LinkedHashMap<>();
    private final Map<Place, Set<AccountId>> kept = new LinkedHashMap<>();

    private record Place(ConversationId conversation, long seq) {}

    ExpectedMentions(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    void restart() {
        called.clear();
        kept.clear();
    }

    void call(ConversationId conversation, long seq, List<AccountId> accounts) {
        if (!accounts.isEmpty()) {
            called.put(new Place(conversation, seq), new LinkedHashSet<>(accounts));
        }
    }

    /// The message was edited: who was called is called on if it still mentions them.
    void keep(ConversationId conversation, long seq, List<AccountId> accounts) {
        Place place = new Place(conversation, seq);
        Set<AccountId> still = Set.copyOf(accounts);
        Set<AccountId> inBatch = called.get(place);
        if (inBatch != null) {
            inBatch.retainAll(still);
        } else {
            kept.merge(place, new LinkedHashSet<>(still), (one, other) -> {
                one.retainAll(other);
                return one;
            });
        }
    }

    void clear() {
        restart();
        jdbc.update("delete from query_side.expected_mention");
    }

    void write() {
        jdbc.batchUpdate(
                "delete from query_side.expected_mention where conversation = ? and seq = ? and account <> all (?)",
                kept.entrySet(),
                ROWS_A_STATEMENT,
                (statement, entry) -> {
                    statement.setObject(1, entry.getKey().conversation().value());
                    statement.setLong(2, entry.getKey().seq());
                    statement.setObject(
                            3, entry.getValue().stream().map(AccountId::value).toArray(UUID[]::new));
                });
        List<Object[]> rows = new ArrayList<>();
        called.forEach((place, accounts) -> accounts.forEach(
                account -> rows.add(new Object[] {place.conversation().value(), account.value(), place.seq()})));
        jdbc.batchUpdate("insert into query_side.expected_mention (conversation, account, seq) values (?, ?, ?)", rows);
        restart();
    }
}
