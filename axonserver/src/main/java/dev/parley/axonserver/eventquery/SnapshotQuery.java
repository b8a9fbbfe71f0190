package dev.parley.axonserver.eventquery;

import dev.parley.axonserver.storage.SnapshotStore;
import io.axoniq.axonserver.grpc.event.Event;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/// A query of the stored snapshots, of which there is one for each aggregate. A live one reads them all again after
/// one was stored, and rests at least four times as long as that takes.
///
/// @param outlet also takes the signal of new snapshots
record SnapshotQuery(SnapshotStore snapshots, QueryPlan plan, Changes changes, Outlet outlet, Budget budget) {

    private static final int REST = 4;

    /// @param completed told when all snapshots that there are have been read
    void run(boolean live, Runnable completed) throws SQLException {
        snapshots.register(outlet.signal());
        try {
            long taken = read();
            completed.run();
            while (live && outlet.open()) {
                outlet.signal().await();
                rest(taken * REST);
                taken = read();
            }
        } finally {
            snapshots.unregister(outlet.signal());
        }
    }

    private long read() throws SQLException {
        long began = System.nanoTime();
        Table table = new Table(plan, budget);
        RowSource rows = new RowSource(plan.range(), budget);
        String aggregate = plan.range().aggregate();
        if (aggregate != null) {
            Event only = snapshots.find(aggregate, 0, Long.MAX_VALUE);
            add(table, rows, only == null ? List.of() : List.of(only));
        } else {
            String last = "";
            List<Event> page = snapshots.page(last);
            while (!page.isEmpty()) {
                add(table, rows, page);
                last = page.getLast().getAggregateIdentifier();
                page = snapshots.page(last);
            }
        }
        changes.send(table.rows());
        return System.nanoTime() - began;
    }

    private static void add(Table table, RowSource rows, List<Event> page) {
        for (Event snapshot : page) {
            Row row = rows.row(snapshot);
            if (row != null) {
                table.add(row);
            }
        }
    }

    private void rest(long nanos) {
        long until = System.nanoTime() + nanos;
        long left = nanos;
        while (left > 0 && outlet.open()) {
            LockSupport.parkNanos(this, left);
            left = until - System.nanoTime();
        }
    }
}
