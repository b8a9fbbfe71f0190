package dev.parley.axonserver.eventquery;

import dev.parley.axonserver.eventquery.Value.Items;
import dev.parley.axonserver.eventquery.Value.Nothing;
import dev.parley.axonserver.eventquery.language.Expression.Call;
import dev.parley.axonserver.eventquery.language.QueryException;
import java.util.List;
import java.util.function.IntPredicate;

/// Comparisons, logic, and what looks for values in values. A comparison with what is not there is false, but for
/// `!=`.
final class Operators {

    private Operators() {}

    static Eval compile(Call call, List<Eval> arguments) {
        Eval left = arguments.getFirst();
        Eval right = arguments.getLast();
        return switch (call.function()) {
            case "and" ->
                row -> Value.of(arguments.stream().allMatch(each -> each.of(row).isTrue()));
            case "or" ->
                row -> Value.of(arguments.stream().anyMatch(each -> each.of(row).isTrue()));
            case "not" -> row -> Value.of(!left.of(row).isTrue());
            case "=" -> row -> Value.of(equal(left.of(row), right.of(row)));
            case "!=", "<>" -> row -> Value.of(!equal(left.of(row), right.of(row)));
            case "<" -> ordered(left, right, order -> order < 0);
            case "<=" -> ordered(left, right, order -> order <= 0);
            case ">" -> ordered(left, right, order -> order > 0);
            case ">=" -> ordered(left, right, order -> order >= 0);
            case "in" -> row -> Value.of(in(left.of(row), right.of(row)));
            case "contains" -> row -> Value.of(contains(left.of(row), right.of(row)));
            case "+", "-", "*", "/", "%" ->
                row -> Arithmetic.compute(call.function(), left.of(row), right.of(row), call.position());
            case "negate" -> row -> Arithmetic.compute("-", Value.of(0), left.of(row), call.position());
            default ->
                throw new QueryException(
                        call.position(), "there is no function or operator \"" + call.function() + "\"");
        };
    }

    private static Eval ordered(Eval left, Eval right, IntPredicate wanted) {
        return row -> {
            Value first = left.of(row);
            Value second = right.of(row);
            return Value.of(!(first instanceof Nothing)
                    && !(second instanceof Nothing)
                    && wanted.test(Comparisons.compare(first, second)));
        };
    }

    private static boolean equal(Value left, Value right) {
        return !(left instanceof Nothing) && !(right instanceof Nothing) && Comparisons.compare(left, right) == 0;
    }

    private static boolean in(Value value, Value where) {
        return where instanceof Items(List<Value> items)
                ? items.stream().anyMatch(item -> equal(value, item))
                : equal(value, where);
    }

    private static boolean contains(Value where, Value what) {
        return where instanceof Items(List<Value> items)
                ? items.stream().anyMatch(item -> item.text().equals(what.text()))
                : !(where instanceof Nothing) && where.text().contains(what.text());
    }
}
