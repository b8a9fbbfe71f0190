package dev.parley.notifications.outbox;

import dev.parley.notifications.NotificationsConfiguration.NotificationsSchema;
import java.util.ArrayList;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// What became of all eligible (device, message) pairs since the first start ever, in `notifications.tally`, written in
/// the transactions that decide: `eligible = delivered + every ended outcome + cleared + the rows that are due`.
@Component
public class Tally {

    private static final String ELIGIBLE = "eligible";
    private static final String DUE = "due";
    private static final String NONE = "";

    private final JdbcClient jdbc;

    Tally(JdbcClient jdbc, NotificationsSchema schema) {
        this.jdbc = jdbc;
    }

    /// @param outcome `eligible`, `delivered`, `cleared`, or the state that rows ended in
    /// @param reason one of a few fixed words or a provider's; empty for `eligible`
    public record Count(String outcome, String reason, long pairs) {}

    /// @param counts by outcome and reason
    /// @param due pairs whose row has not ended
    public record Sums(List<Count> counts, long due) {}

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

    /// All counts and what is due, as of one moment: the sum holds whenever it is asked for.
    public Sums sums() {
        List<Count> counts = new ArrayList<>(jdbc.sql("""
                select outcome, reason, pairs from notifications.tally
                union all
                select 'due', '', count(*) from notifications.outbox where state = 'due' and cause = 'message'
                order by 1, 2""")
                .query((row, n) -> new Count(row.getString(1), row.getString(2), row.getLong(3)))
                .list());
        long due = counts.stream()
                .filter(count -> count.outcome().equals(DUE))
                .mapToLong(Count::pairs)
                .sum();
        counts.removeIf(count -> count.outcome().equals(DUE));
        return new Sums(List.copyOf(counts), due);
    }

    private void add(String outcome, String reason, long pairs) {
        if (pairs > 0) {
            jdbc.sql("""
                    insert into notifications.tally as t (outcome, reason, pairs) values (?, ?, ?)
                    on conflict (outcome, reason) do update set pairs = t.pairs + excluded.pairs""").params(outcome, reason, pairs).update();
        }
    }
}
