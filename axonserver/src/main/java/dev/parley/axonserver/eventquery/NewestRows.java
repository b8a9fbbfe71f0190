package dev.parley.axonserver.eventquery;

import dev.parley.axonserver.storage.StoredEvent;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// The result of a query for just the newest events that pass its filters. What is sent is not kept, but for the
/// tokens, so that rows can be taken back when newer ones push them out.
final class NewestRows implements QueryResult {

    private record Kept(List<Value> id, boolean sent) {}

    private final QueryPlan plan;
    private final int limit;
    private final Outlet outlet;
    private final Budget budget;
    private final Function<StoredEvent, @Nullable Row> rows;
    private final List<Stage.PerRow> before;
    private final List<Stage.PerRow> after;
    private final Deque<Kept> kept = new ArrayDeque<>();

    /// @param rows makes rows of events; null for those outside of the query's range
    NewestRows(QueryPlan plan, Outlet outlet, Budget budget, Function<StoredEvent, @Nullable Row> rows) {
        this.plan = plan;
        this.outlet = outlet;
        this.budget = budget;
        this.rows = rows;
        int collecting = plan.collecting();
        limit = plan.stages().get(collecting) instanceof Stage.Limit found ? found.rows() : 0;
        before = Table.started(plan.stages().subList(0, collecting));
        after = Table.started(
                plan.stages().subList(collecting + 1, plan.stages().size()));
    }

    @Override
    public void past(EventScan scan) throws SQLException {
        scan.backward(page -> {
            List<Row> found = new ArrayList<>();
            for (StoredEvent stored : page.reversed()) {
                Row row = scan.wants(stored) ? filtered(stored) : null;
                if (row != null) {
                    found.add(row);
                    if (kept.size() + found.size() == limit) {
                        break;
                    }
                }
            }
            List<Kept> older = new ArrayList<>(found.size());
            for (Row row : found.reversed()) {
                older.add(new Kept(row.id(), send(row)));
            }
            older.reversed().forEach(kept::addFirst);
            return kept.size() < limit;
        });
    }

    @Override
    public void add(StoredEvent stored) {
        Row row = filtered(stored);
        if (row == null) {
            return;
        }
        kept.addLast(new Kept(row.id(), send(row)));
        if (kept.size() > limit) {
            Kept pushedOut = kept.removeFirst();
            if (pushedOut.sent()) {
                outlet.row(Row.gone(pushedOut.id()));
            }
        }
    }

    /// Rows are sent as they come.
    @Override
    public void flush() {}

    private @Nullable Row filtered(StoredEvent stored) {
        Row row = rows.apply(stored);
        return row == null ? null : Table.apply(before, row);
    }

    private boolean send(Row row) {
        budget.next();
        Row shown = Table.apply(after, row);
        if (shown != null) {
            outlet.row(shown.sent(plan.columns()));
        }
        return shown != null;
    }
}
