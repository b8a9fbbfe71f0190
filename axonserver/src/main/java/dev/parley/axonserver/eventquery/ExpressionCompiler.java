package dev.parley.axonserver.eventquery;

import dev.parley.axonserver.eventquery.language.Expression;
import dev.parley.axonserver.eventquery.language.Expression.Call;
import dev.parley.axonserver.eventquery.language.Expression.Column;
import dev.parley.axonserver.eventquery.language.Expression.Items;
import dev.parley.axonserver.eventquery.language.Expression.Name;
import dev.parley.axonserver.eventquery.language.Expression.Numeral;
import dev.parley.axonserver.eventquery.language.Expression.Text;
import dev.parley.axonserver.eventquery.language.QueryException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Makes expressions computable for rows with certain columns. What can be known to be wrong without a row is refused
/// here.
final class ExpressionCompiler {

    private static final String META_PREFIX = EventFields.META_DATA + ".";

    private final List<String> columns;
    private final Budget budget;
    private final @Nullable List<AggregateCall> aggregates;

    /// @param columns that the rows have
    /// @param aggregates takes the aggregate functions that the expressions have; null where none are allowed
    ExpressionCompiler(List<String> columns, Budget budget, @Nullable List<AggregateCall> aggregates) {
        this.columns = columns;
        this.budget = budget;
        this.aggregates = aggregates;
    }

    Eval compile(Expression expression) {
        return switch (expression) {
            case Text(String text, int position) -> constant(new Value.Text(text));
            case Numeral numeral -> constant(new Value.Numeric(numeral.value()));
            case Name name -> column(name);
            case Items items -> items(items);
            case Call call -> call(call);
        };
    }

    private static Eval constant(Value value) {
        return row -> value;
    }

    private Eval column(Name name) {
        String wanted = name.name();
        if (columns.contains(wanted)) {
            return row -> row.get(wanted);
        }
        if (wanted.startsWith(META_PREFIX)) {
            return entry(constant(new Value.Text(wanted.substring(META_PREFIX.length()))), name.position());
        }
        throw new QueryException(
                name.position(), "there is no column \"" + wanted + "\" here; there are " + String.join(", ", columns));
    }

    private Eval entry(Eval key, int position) {
        if (!columns.contains(EventFields.META_DATA)) {
            throw new QueryException(position, "there is no column \"metaData\" here");
        }
        return row -> {
            Value metaData = row.get(EventFields.META_DATA);
            return metaData instanceof Value.Entries(Map<String, Value> entries)
                    ? entries.getOrDefault(key.of(row).text(), Value.NOTHING)
                    : Value.NOTHING;
        };
    }

    private Eval items(Items items) {
        List<Eval> compiled = compileAll(items.items());
        return row -> {
            List<Value> values = new ArrayList<>(compiled.size());
            for (Eval item : compiled) {
                values.add(item.of(row));
            }
            return new Value.Items(values);
        };
    }

    private List<Eval> compileAll(List<Column> arguments) {
        return arguments.stream()
                .map(argument -> compile(argument.expression()))
                .toList();
    }

    private Eval call(Call call) {
        Functions.check(call);
        if (Functions.aggregates(call)) {
            return aggregate(call);
        }
        return switch (call.function()) {
            case "metadata" -> entry(compile(call.arguments().getFirst().expression()), call.position());
            case "match" -> Matching.compile(compile(argument(call, 0)), literal(call, 1), argument(call, 1), budget);
            case "jsonpath" -> JsonPaths.compile(compile(argument(call, 0)), literal(call, 1), argument(call, 1));
            case "xpath" ->
                XPaths.compile(
                        compile(argument(call, 0)),
                        literal(call, 1),
                        argument(call, 1),
                        call.arguments().size() > 2 ? literal(call, 2) : "");
            case "formatdate" ->
                Dates.format(
                        call,
                        compile(argument(call, 0)),
                        call.arguments().size() > 1 ? literal(call, 1) : Dates.DEFAULT_PATTERN,
                        call.arguments().size() > 2 ? literal(call, 2) : Dates.DEFAULT_ZONE);
            case "minute", "hour", "day", "week", "month", "year" ->
                Dates.part(
                        call,
                        compile(argument(call, 0)),
                        call.arguments().size() > 1 ? literal(call, 1) : Dates.DEFAULT_ZONE);
            case "upper", "lower", "length", "left", "right", "substring", "concat" ->
                Texts.compile(call, compileAll(call.arguments()));
            case "select", "groupby", "sortby", "limit" ->
                throw new QueryException(
                        call.position(), "\"" + call.function() + "\" must be between two \"|\", not in an expression");
            default -> Operators.compile(call, compileAll(call.arguments()));
        };
    }

    private Eval aggregate(Call call) {
        if (aggregates == null) {
            throw new QueryException(
                    call.position(), "\"" + call.function() + "\" must be in groupby or select, or between two \"|\"");
        }
        Eval argument = call.arguments().isEmpty()
                ? null
                : new ExpressionCompiler(columns, budget, null).compile(argument(call, 0));
        int slot = aggregates.size();
        aggregates.add(new AggregateCall(call.function(), argument));
        return row -> row instanceof Aggregated aggregated ? aggregated.slot(slot) : Value.NOTHING;
    }

    private static Expression argument(Call call, int index) {
        return call.arguments().get(index).expression();
    }

    private static String literal(Call call, int index) {
        if (argument(call, index) instanceof Text(String text, int position)) {
            return text;
        }
        throw new QueryException(
                argument(call, index).position(),
                "argument " + (index + 1) + " of \"" + call.function() + "\" must be a text in quotes");
    }
}
