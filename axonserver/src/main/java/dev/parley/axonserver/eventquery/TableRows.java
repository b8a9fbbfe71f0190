package dev.parley.axonserver.eventquery;

import dev.parley.axonserver.storage.StoredEvent;
import java.sql.SQLException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// The result of a query that groups, sorts or counts: computed from all events, sent when they have been read, and
/// after that as it changes.
final class TableRows implements QueryResult {

    private final Table table;
    private final Changes changes;
    private final Function<StoredEvent, @Nullable Row> rows;

    TableRows(Table table, Changes changes, Function<StoredEvent, @Nullable Row> rows) {
        this.table = table;
        this.changes = changes;
        this.rows = rows;
    }

    @Override
    public void past(EventScan scan) throws SQLException {
        scan.forward(page -> {
            for (StoredEvent stored : page) {
                if (scan.wants(stored)) {
                    add(stored);
                }
            }
            return true;
        });
        flush();
    }

    @Override
    public void add(StoredEvent stored) {
        Row row = rows.apply(stored);
        if (row != null) {
            table.add(row);
        }
    }

    @Override
    public void flush() {
        changes.send(table.rows());
    }
}
