package dev.parley.axonserver.eventquery;

import org.jspecify.annotations.Nullable;

/// One use of count, min, max or avg.
///
/// @param argument null for `count()`
record AggregateCall(String function, @Nullable Eval argument) {

    /// A new one that has seen nothing.
    Aggregate start() {
        return switch (function) {
            case "count" -> new Aggregate.Count();
            case "min" -> new Aggregate.Extreme(-1);
            case "max" -> new Aggregate.Extreme(1);
            default -> new Aggregate.Average();
        };
    }

    /// What it takes from a row.
    Value input(Fields row) {
        return argument == null ? Value.TRUE : argument.of(row);
    }
}
