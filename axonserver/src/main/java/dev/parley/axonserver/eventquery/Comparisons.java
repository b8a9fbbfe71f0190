package dev.parley.axonserver.eventquery;

import dev.parley.axonserver.eventquery.Value.Items;
import dev.parley.axonserver.eventquery.Value.Nothing;
import dev.parley.axonserver.eventquery.Value.Numeric;
import dev.parley.axonserver.eventquery.Value.Time;
import dev.parley.axonserver.eventquery.Value.Truth;
import java.math.BigDecimal;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;

/// The order of values: numbers and times by size, values of different kinds as texts, nothing before everything.
final class Comparisons {

    static final Comparator<List<Value>> BY_VALUES = Comparisons::compare;

    private Comparisons() {}

    static int compare(Value left, Value right) {
        boolean leftMissing = left instanceof Nothing;
        boolean rightMissing = right instanceof Nothing;
        if (leftMissing || rightMissing) {
            return Boolean.compare(rightMissing, leftMissing);
        }
        if (left instanceof Time(long mine) && right instanceof Time(long theirs)) {
            return Long.compare(mine, theirs);
        }
        if (numeric(left) && numeric(right)) {
            return number(left).compareTo(number(right));
        }
        if (left instanceof Truth(boolean mine) && right instanceof Truth(boolean theirs)) {
            return Boolean.compare(mine, theirs);
        }
        if (left instanceof Items(List<Value> mine) && right instanceof Items(List<Value> theirs)) {
            return compare(mine, theirs);
        }
        return left.text().compareTo(right.text());
    }

    /// Whether it is a number or counts as one.
    static boolean numeric(Value value) {
        return value instanceof Numeric || value instanceof Time;
    }

    /// @param value a numeric one
    static BigDecimal number(Value value) {
        return switch (value) {
            case Numeric(BigDecimal number) -> number;
            case Time(long millis) -> BigDecimal.valueOf(millis);
            default -> throw new IllegalArgumentException("not a number");
        };
    }

    private static int compare(List<Value> left, List<Value> right) {
        Iterator<Value> rest = right.iterator();
        for (Value value : left) {
            if (!rest.hasNext()) {
                return 1;
            }
            int order = compare(value, rest.next());
            if (order != 0) {
                return order;
            }
        }
        return rest.hasNext() ? -1 : 0;
    }
}
