package dev.parley.axonserver.eventquery;

import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// One part of a compiled query. A stage is a recipe; what it remembers of rows is in what it starts.
sealed interface Stage {

    /// Looks at each row by itself.
    ///
    /// @param orderly whether it needs rows in order, because it remembers those before
    record Each(Supplier<PerRow> start, boolean orderly) implements Stage {}

    /// Makes rows out of all rows.
    record All(Supplier<Collector> start) implements Stage {}

    /// Keeps the highest rows: by what the query sorts, or by rank where it does not.
    record Limit(int rows, boolean sorted, RowLimits limits) implements Stage {}

    interface PerRow {
        /// @return null if the row is not wanted
        @Nullable
        Row apply(Row row);
    }

    interface Collector {
        void add(Row row);

        /// What has come of the rows up to now.
        List<Row> rows();
    }

    /// What collects the rows of a stage that is not [Each].
    static Collector collector(Stage stage) {
        return switch (stage) {
            case All all -> all.start().get();
            case Limit limit -> new TopRows(limit);
            case Each each -> throw new IllegalArgumentException("Such a stage collects nothing");
        };
    }
}
