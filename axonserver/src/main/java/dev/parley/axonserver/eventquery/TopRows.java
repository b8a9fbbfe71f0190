package dev.parley.axonserver.eventquery;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;

/// The highest rows. Ids must be unique.
final class TopRows implements Stage.Collector {

    private static final Comparator<Row> BY_RANK =
            Comparator.comparing(Row::rank, Comparisons.BY_VALUES).thenComparing(Row::id, Comparisons.BY_VALUES);

    private final Stage.Limit limit;
    private final TreeSet<Row> rows;
    private long bytes;

    TopRows(Stage.Limit limit) {
        this.limit = limit;
        this.rows = new TreeSet<>(
                limit.sorted()
                        ? Comparator.comparing(Row::sort, Comparisons.BY_VALUES).thenComparing(BY_RANK)
                        : BY_RANK);
    }

    @Override
    public void add(Row row) {
        rows.add(row);
        bytes += row.bytes();
        if (rows.size() > limit.rows()) {
            bytes -= rows.removeFirst().bytes();
        }
        limit.limits().check(0, bytes);
    }

    @Override
    public List<Row> rows() {
        return new ArrayList<>(rows);
    }
}
