package dev.parley.axonserver.eventquery;

import java.util.List;

/// A row together with what has been aggregated up to it.
record Aggregated(Fields row, List<Aggregate> slots) implements Fields {

    Value slot(int index) {
        return slots.get(index).value();
    }

    @Override
    public Value get(String column) {
        return row.get(column);
    }

    @Override
    public long bytes() {
        return row.bytes();
    }
}
