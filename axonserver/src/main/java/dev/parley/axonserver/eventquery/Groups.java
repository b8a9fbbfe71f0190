package dev.parley.axonserver.eventquery;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// One row for all rows with the same key.
final class Groups implements Stage.Collector {

    /// What a group consists of.
    ///
    /// @param keys tell the groups apart
    /// @param values of a group, which may aggregate; otherwise they are those of its last row
    /// @param shown whether the keys are columns too
    record Shape(List<Named> keys, List<Named> values, List<AggregateCall> aggregates, boolean shown) {}

    /// A column and how it is computed.
    record Named(String column, Eval eval) {}

    private static final class Group {
        private final List<Aggregate> slots;
        private Row row;
        private long bytes;

        Group(List<Aggregate> slots, Row row) {
            this.slots = slots;
            this.row = row;
        }
    }

    private final Shape shape;
    private final RowLimits limits;
    private final Map<List<Value>, Group> groups = new LinkedHashMap<>();
    private long bytes;

    Groups(Shape shape, RowLimits limits) {
        this.shape = shape;
        this.limits = limits;
    }

    @Override
    public void add(Row row) {
        List<Value> key = new ArrayList<>(shape.keys().size());
        for (Named named : shape.keys()) {
            key.add(named.eval().of(row.fields()));
        }
        Group group = groups.get(key);
        if (group == null) {
            group = new Group(start(shape.aggregates()), row);
            groups.put(key, group);
        }
        Fields fields = aggregate(shape.aggregates(), group.slots, row.fields());
        Map<String, Value> values = new HashMap<>();
        if (shape.shown()) {
            for (int i = 0; i < key.size(); i++) {
                values.put(shape.keys().get(i).column(), key.get(i));
            }
        }
        for (Named named : shape.values()) {
            values.put(named.column(), named.eval().of(fields));
        }
        group.row = new Row(key, key, row.sort(), new Fields.Computed(values));
        long now = group.row.bytes();
        bytes += now - group.bytes;
        group.bytes = now;
        limits.check(groups.size(), bytes);
    }

    @Override
    public List<Row> rows() {
        List<Row> rows = new ArrayList<>(groups.size());
        groups.values().forEach(group -> rows.add(group.row));
        return rows;
    }

    static List<Aggregate> start(List<AggregateCall> calls) {
        return calls.stream().map(AggregateCall::start).toList();
    }

    /// Adds a row to aggregates.
    ///
    /// @return the row with them
    static Fields aggregate(List<AggregateCall> calls, List<Aggregate> slots, Fields row) {
        for (int i = 0; i < slots.size(); i++) {
            slots.get(i).add(calls.get(i).input(row));
        }
        return slots.isEmpty() ? row : new Aggregated(row, slots);
    }
}
