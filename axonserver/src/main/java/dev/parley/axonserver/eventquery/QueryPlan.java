package dev.parley.axonserver.eventquery;

import java.util.List;

/// A compiled query.
///
/// @param columns of its result
/// @param stages at least one that is not [Stage.Each]
record QueryPlan(List<String> columns, EventRange range, List<Stage> stages) {

    /// Whether the result is just the newest events that pass the filters, so that it can be read from the head
    /// backwards and each row is final.
    boolean newestFirst() {
        int limits = 0;
        for (Stage stage : stages) {
            switch (stage) {
                case Stage.All all -> {
                    return false;
                }
                case Stage.Limit limit -> {
                    limits++;
                    if (limit.sorted()) {
                        return false;
                    }
                }
                case Stage.Each each -> {
                    if (each.orderly()) {
                        return false;
                    }
                }
            }
        }
        return limits == 1;
    }

    /// Where the first stage is that is not [Stage.Each].
    int collecting() {
        int at = 0;
        while (stages.get(at) instanceof Stage.Each) {
            at++;
        }
        return at;
    }
}
