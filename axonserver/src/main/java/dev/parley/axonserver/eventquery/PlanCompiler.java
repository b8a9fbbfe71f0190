package dev.parley.axonserver.eventquery;

import dev.parley.axonserver.eventquery.language.Expression;
import dev.parley.axonserver.eventquery.language.Expression.Call;
import dev.parley.axonserver.eventquery.language.Expression.Column;
import dev.parley.axonserver.eventquery.language.Parser;
import dev.parley.axonserver.eventquery.language.QueryException;
import dev.parley.axonserver.eventquery.language.Step;
import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Makes a plan of the text of a query. For one query by one thread.
final class PlanCompiler {

    private final EventQueryProperties properties;
    private final Budget budget;
    private final Instant now;
    private final RowLimits limits;
    private final List<Stage> stages = new ArrayList<>();
    private List<String> columns;
    private EventRange range = EventRange.EVERYTHING;
    private boolean narrowing = true;
    private boolean sorted;
    private boolean limited;

    private PlanCompiler(EventQueryProperties properties, Budget budget, Instant now, List<String> columns) {
        this.properties = properties;
        this.budget = budget;
        this.now = now;
        this.columns = columns;
        this.limits = new RowLimits(properties.rows(), properties.rowBytes().toBytes());
    }

    /// @param query empty for the newest events
    /// @param columns of the rows that go in
    /// @throws QueryException if it is no query
    static QueryPlan compile(
            String query, List<String> columns, EventQueryProperties properties, Budget budget, Instant now) {
        PlanCompiler compiler = new PlanCompiler(properties, budget, now, columns);
        if (!query.isBlank()) {
            Parser.parse(query, properties.depth()).forEach(compiler::step);
        }
        if (!compiler.limited) {
            compiler.stages.add(
                    new Stage.Limit(Math.min(properties.defaultLimit(), properties.rows()), false, compiler.limits));
        }
        return new QueryPlan(compiler.columns, compiler.range, List.copyOf(compiler.stages));
    }

    private void step(Step step) {
        switch (step) {
            case Step.TimeWindow window -> range = range.since(start(window));
            case Step.Apply(Column column) -> apply(column);
        }
    }

    private void apply(Column column) {
        Expression expression = column.expression();
        if (!(expression instanceof Call call)) {
            throw new QueryException(
                    expression.position(), "this is neither a filter nor a projection; did you mean select(...)?");
        }
        if (Functions.filters(call)) {
            filter(call);
            return;
        }
        Functions.check(call);
        switch (call.function()) {
            case "sortby" -> sort(call);
            case "limit" -> limit(call);
            case "groupby" -> group(call);
            case "select" -> select(call.arguments());
            default -> {
                if (Functions.aggregates(call)) {
                    aggregate(column);
                } else {
                    select(List.of(column));
                }
            }
        }
    }

    private void filter(Call call) {
        Eval wanted = new ExpressionCompiler(columns, budget, null).compile(call);
        if (narrowing) {
            range = range.narrowed(call);
        }
        Stage.PerRow filter = row -> wanted.of(row.fields()).isTrue() ? row : null;
        stages.add(new Stage.Each(() -> filter, false));
    }

    private void sort(Call call) {
        ExpressionCompiler compiler = new ExpressionCompiler(columns, budget, null);
        List<Eval> keys = call.arguments().stream()
                .map(argument -> compiler.compile(argument.expression()))
                .toList();
        Stage.PerRow sort = row ->
                row.sortedBy(keys.stream().map(key -> key.of(row.fields())).toList());
        stages.add(new Stage.Each(() -> sort, false));
        sorted = true;
    }

    private void limit(Call call) {
        Expression argument = call.arguments().getFirst().expression();
        if (!(argument instanceof Expression.Numeral(BigDecimal number, int position))
                || number.compareTo(BigDecimal.ONE) < 0
                || number.compareTo(BigDecimal.valueOf(properties.rows())) > 0) {
            throw new QueryException(
                    argument.position(), "limit takes a number from 1 to " + properties.rows() + " (a setting)");
        }
        stages.add(new Stage.Limit(number.intValue(), sorted, limits));
        limited = true;
        narrowing = false;
    }

    private void select(List<Column> selected) {
        List<AggregateCall> aggregates = new ArrayList<>();
        List<Groups.Named> values = named(selected, new ExpressionCompiler(columns, budget, aggregates));
        columns = names(selected);
        narrowing = false;
        stages.add(new Stage.Each(
                () -> {
                    List<Aggregate> slots = Groups.start(aggregates);
                    return row -> {
                        Fields fields = Groups.aggregate(aggregates, slots, row.fields());
                        Map<String, Value> computed = HashMap.newHashMap(values.size());
                        for (Groups.Named value : values) {
                            computed.put(value.column(), value.eval().of(fields));
                        }
                        return row.with(new Fields.Computed(computed));
                    };
                },
                !aggregates.isEmpty()));
    }

    private void group(Call call) {
        Column by = call.arguments().getFirst();
        List<Column> keys = by.expression() instanceof Expression.Items items ? items.items() : List.of(by);
        List<Column> values = call.arguments().subList(1, call.arguments().size());
        List<AggregateCall> aggregates = new ArrayList<>();
        collect(new Groups.Shape(
                named(keys, new ExpressionCompiler(columns, budget, null)),
                named(values, new ExpressionCompiler(columns, budget, aggregates)),
                aggregates,
                true));
        List<Column> all = new ArrayList<>(keys);
        all.addAll(values);
        columns = names(all);
    }

    private void aggregate(Column column) {
        List<AggregateCall> aggregates = new ArrayList<>();
        List<Column> values = List.of(column);
        Value name = new Value.Text(Functions.column(column));
        collect(new Groups.Shape(
                List.of(new Groups.Named("", row -> name)),
                named(values, new ExpressionCompiler(columns, budget, aggregates)),
                aggregates,
                false));
        columns = names(values);
    }

    private void collect(Groups.Shape shape) {
        stages.add(new Stage.All(() -> new Groups(shape, limits)));
        narrowing = false;
        sorted = false;
    }

    private static List<Groups.Named> named(List<Column> columns, ExpressionCompiler compiler) {
        return columns.stream()
                .map(column -> new Groups.Named(Functions.column(column), compiler.compile(column.expression())))
                .toList();
    }

    private static List<String> names(List<Column> columns) {
        Set<String> seen = new HashSet<>();
        for (Column column : columns) {
            if (!seen.add(Functions.column(column))) {
                throw new QueryException(
                        column.expression().position(),
                        "there is another column \"" + Functions.column(column) + "\"; name this one with \"as\"");
            }
        }
        return columns.stream().map(Functions::column).toList();
    }

    private long start(Step.TimeWindow window) {
        if (window.amount().compareTo(BigDecimal.valueOf(10_000_000_000L)) > 0) {
            return Long.MIN_VALUE;
        }
        if (window.unit() == ChronoUnit.MONTHS || window.unit() == ChronoUnit.YEARS) {
            ZonedDateTime today = now.atZone(ZoneOffset.UTC);
            long most = today.getYear() * 12L;
            return today.minus(Math.min(window.amount().longValue(), most), window.unit())
                    .toInstant()
                    .toEpochMilli();
        }
        Duration unit = window.unit().getDuration();
        BigDecimal millis = window.amount().multiply(BigDecimal.valueOf(unit.toMillis()), MathContext.DECIMAL64);
        return now.toEpochMilli() - millis.longValue();
    }
}
