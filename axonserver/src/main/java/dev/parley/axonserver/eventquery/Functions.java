package dev.parley.axonserver.eventquery;

import dev.parley.axonserver.eventquery.language.Expression;
import dev.parley.axonserver.eventquery.language.Expression.Call;
import dev.parley.axonserver.eventquery.language.Expression.Column;
import dev.parley.axonserver.eventquery.language.QueryException;
import java.util.Map;
import java.util.Set;

/// Which functions and operators there are, how many arguments they take, and how their columns are called.
final class Functions {

    /// @param most arguments; -1 for any number
    private record Arity(int least, int most) {}

    private static final Arity ONE = new Arity(1, 1);
    private static final Arity TWO = new Arity(2, 2);
    private static final Arity DATE = new Arity(1, 2);
    private static final Arity SOME = new Arity(1, -1);

    private static final Set<String> FILTERS =
            Set.of("=", "!=", "<>", "<", "<=", ">", ">=", "and", "or", "not", "contains", "match", "in");

    private static final Set<String> AGGREGATES = Set.of("count", "min", "max", "avg");

    private static final Map<String, Arity> ARITIES = Map.ofEntries(
            Map.entry("and", SOME),
            Map.entry("or", SOME),
            Map.entry("not", ONE),
            Map.entry("negate", ONE),
            Map.entry("count", new Arity(0, 1)),
            Map.entry("min", ONE),
            Map.entry("max", ONE),
            Map.entry("avg", ONE),
            Map.entry("metadata", ONE),
            Map.entry("upper", ONE),
            Map.entry("lower", ONE),
            Map.entry("length", ONE),
            Map.entry("substring", new Arity(2, 3)),
            Map.entry("xpath", new Arity(2, 3)),
            Map.entry("formatdate", new Arity(1, 3)),
            Map.entry("minute", DATE),
            Map.entry("hour", DATE),
            Map.entry("day", DATE),
            Map.entry("week", DATE),
            Map.entry("month", DATE),
            Map.entry("year", DATE),
            Map.entry("select", SOME),
            Map.entry("groupby", SOME),
            Map.entry("sortby", SOME),
            Map.entry("limit", ONE));

    private static final Set<String> BINARY = Set.of(
            "=",
            "!=",
            "<>",
            "<",
            "<=",
            ">",
            ">=",
            "+",
            "-",
            "*",
            "/",
            "%",
            "contains",
            "match",
            "in",
            "left",
            "right",
            "concat",
            "jsonpath");

    private static final Map<String, String> OPERATOR_COLUMNS = Map.ofEntries(
            Map.entry("=", "eq"),
            Map.entry("!=", "neq"),
            Map.entry("<>", "neq"),
            Map.entry("<", "lt"),
            Map.entry("<=", "lteq"),
            Map.entry(">", "gt"),
            Map.entry(">=", "gteq"),
            Map.entry("+", "plus"),
            Map.entry("-", "subtract"),
            Map.entry("negate", "subtract"),
            Map.entry("*", "multiply"),
            Map.entry("/", "divide"),
            Map.entry("%", "modulo"),
            Map.entry("and", "value"),
            Map.entry("or", "value"),
            Map.entry("not", "value"));

    private Functions() {}

    /// @throws QueryException if there is no such function, or it takes another number of arguments
    static void check(Call call) {
        String name = call.function();
        Arity arity = BINARY.contains(name) ? TWO : ARITIES.get(name);
        if (arity == null) {
            throw new QueryException(call.position(), "there is no function or operator \"" + name + "\"");
        }
        int given = call.arguments().size();
        if (given < arity.least() || (arity.most() >= 0 && given > arity.most())) {
            String wanted = arity.most() < 0
                    ? arity.least() + " or more"
                    : arity.least() == arity.most()
                            ? Integer.toString(arity.least())
                            : arity.least() + " to " + arity.most();
            throw new QueryException(call.position(), "\"" + name + "\" takes " + wanted + " arguments, not " + given);
        }
    }

    /// Whether it says which rows to keep, rather than computing something from them.
    static boolean filters(Expression expression) {
        return expression instanceof Call call && FILTERS.contains(call.function());
    }

    static boolean aggregates(Expression expression) {
        return expression instanceof Call call && AGGREGATES.contains(call.function());
    }

    /// The name of the column of an expression: what follows `as`, or one that follows from the expression.
    static String column(Column column) {
        if (column.alias() != null) {
            return column.alias();
        }
        return switch (column.expression()) {
            case Expression.Name name -> name.name();
            case Expression.Text text -> text.value();
            case Expression.Numeral numeral -> "value";
            case Expression.Items items -> "value";
            case Call call
            when call.function().equals("metadata")
                    && call.arguments().getFirst().expression() instanceof Expression.Text key ->
                "metaData." + key.value();
            case Call call -> OPERATOR_COLUMNS.getOrDefault(call.function(), call.function());
        };
    }
}
