package dev.parley.axonserver.eventquery;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The result of a query whose rows depend on one another. The first stage that collects rows is kept up to date with
/// each row that comes in; those behind it are computed anew whenever the result is asked for, so that rows that
/// change or vanish in between need no care.
final class Table {

    private static final Comparator<Row> SHOWN =
            Comparator.comparing(Row::sort, Comparisons.BY_VALUES).thenComparing(Row::id, Comparisons.BY_VALUES);

    private final List<Stage.PerRow> before;
    private final Stage.Collector first;
    private final List<Stage> after;
    private final Budget budget;

    Table(QueryPlan plan, Budget budget) {
        int collecting = plan.collecting();
        this.before = started(plan.stages().subList(0, collecting));
        this.first = Stage.collector(plan.stages().get(collecting));
        this.after = plan.stages().subList(collecting + 1, plan.stages().size());
        this.budget = budget;
    }

    void add(Row row) {
        Row wanted = apply(before, row);
        if (wanted != null) {
            first.add(wanted);
        }
    }

    /// The result now, in its order.
    List<Row> rows() {
        List<Row> rows = first.rows();
        for (Stage stage : after) {
            rows = apply(stage, rows);
        }
        rows.sort(SHOWN);
        return rows;
    }

    private List<Row> apply(Stage stage, List<Row> rows) {
        if (stage instanceof Stage.Each each) {
            Stage.PerRow function = each.start().get();
            List<Row> wanted = new ArrayList<>(rows.size());
            for (Row row : rows) {
                budget.next();
                Row result = function.apply(row);
                if (result != null) {
                    wanted.add(result);
                }
            }
            return wanted;
        }
        Stage.Collector collector = Stage.collector(stage);
        for (Row row : rows) {
            budget.next();
            collector.add(row);
        }
        return collector.rows();
    }

    /// Stages of the kind [Stage.Each], ready for rows.
    static List<Stage.PerRow> started(List<Stage> stages) {
        List<Stage.PerRow> functions = new ArrayList<>(stages.size());
        for (Stage stage : stages) {
            if (stage instanceof Stage.Each each) {
                functions.add(each.start().get());
            }
        }
        return functions;
    }

    /// @return null if the row is not wanted
    static @Nullable Row apply(List<Stage.PerRow> functions, Row row) {
        Row result = row;
        for (Stage.PerRow function : functions) {
            result = function.apply(result);
            if (result == null) {
                return null;
            }
        }
        return result;
    }
}
