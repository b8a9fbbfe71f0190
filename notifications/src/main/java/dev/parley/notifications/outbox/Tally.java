package dev.parley.notifications.outbox;

import dev.parley.notifications.NotificationsConfiguration.NotificationsSchema;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// What became of all eligible (device, message) pairs since the first start ever, in `notifications.tally`, written in
/// the transactions that decide: `eligible = delivered + every ended outcome + cleared + the rows that are due`.
@Component
public class Tally {

    private static final String ELIGIBLE = "eligible";
    private static final String NONE = "";

    private final JdbcClient jdbc;

    Tally(JdbcClient jdbc, NotificationsSchema schema) {
        this.jdbc = jdbc;
    }

    /// @param outcome `eligible`, `delivered`, `cleared`, or the state that rows ended in
    /// @param reason one of a few fixed words or a provider's; empty for `eligible`
    public record Count(String outcome, String reason, long pairs) {}

    /// Counts pairs that got a row.
    void owed(long pairs) {
        add(ELIGIBLE, NONE, pairs);
    }

    /// Counts pairs that need none.
    void delivered(long pairs) {
        add("delivered", "acknowledged", pairs);
        add(ELIGIBLE, NONE, pairs);
    }

    /// Counts due rows that went with the application's data.
    void cleared(long pairs) {
        add("cleared", "application-cleared", pairs);
    }

    /// All counts, by outcome and reason.
    public List<Count> counts() {
        return jdbc.sql("select outcome, reason, pairs from notifications.tally order by outcome, reason")
                .query((row, n) -> new Count(row.getString(1), row.getString(2), row.getLong(3)))
                .list();
    }

    private void add(String outcome, String reason, long pairs) {
        if (pairs > 0) {
            jdbc.sql("""
                    insert into notifications.tally as t (outcome, reason, pairs) values (?, ?, ?)
                    on conflict (outcome, reason) do update set pairs = t.pairs + excluded.pairs""").params(outcome, reason, pairs).update();
        }
    }
}
