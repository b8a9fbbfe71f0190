package dev.parley.axonserver.eventquery;

import dev.parley.axonserver.eventquery.language.Expression;
import dev.parley.axonserver.eventquery.language.Expression.Call;
import dev.parley.axonserver.eventquery.language.Expression.Column;
import dev.parley.axonserver.eventquery.language.Expression.Name;
import dev.parley.axonserver.eventquery.language.Expression.Numeral;
import dev.parley.axonserver.eventquery.language.Expression.Text;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Which events a query needs to see, as far as an index knows it. Its filters are applied all the same.
///
/// @param from lowest token
/// @param end token after the highest
/// @param since lowest timestamp, in milliseconds; no filter repeats it
/// @param aggregate the only one, if it is known
record EventRange(long from, long end, long since, @Nullable String aggregate) {

    static final EventRange EVERYTHING = new EventRange(0, Long.MAX_VALUE, Long.MIN_VALUE, null);

    private static final BigDecimal HIGHEST = BigDecimal.valueOf(Long.MAX_VALUE - 1);

    EventRange since(long millis) {
        return new EventRange(from, end, Math.max(since, millis), aggregate);
    }

    /// What is left of it under a filter.
    EventRange narrowed(Expression filter) {
        if (!(filter instanceof Call(String operator, List<Column> arguments, int position, int depth))) {
            return this;
        }
        if (operator.equals("and")) {
            EventRange narrowed = this;
            for (Column argument : arguments) {
                narrowed = narrowed.narrowed(argument.expression());
            }
            return narrowed;
        }
        return arguments.size() == 2 && arguments.getFirst().expression() instanceof Name name
                ? narrowed(name.name(), operator, arguments.getLast().expression())
                : this;
    }

    private EventRange narrowed(String column, String operator, Expression value) {
        if (column.equals(EventFields.AGGREGATE)
                && operator.equals("=")
                && value instanceof Text text
                && storable(text)) {
            return new EventRange(from, end, since, text.value());
        }
        if (!column.equals(EventFields.TOKEN) || !(value instanceof Numeral numeral)) {
            return this;
        }
        long floor = whole(numeral.value(), RoundingMode.FLOOR);
        long ceiling = whole(numeral.value(), RoundingMode.CEILING);
        return switch (operator) {
            case "=" -> between(ceiling, floor + 1);
            case ">" -> between(floor + 1, Long.MAX_VALUE);
            case ">=" -> between(ceiling, Long.MAX_VALUE);
            case "<" -> between(0, ceiling);
            case "<=" -> between(0, floor + 1);
            default -> this;
        };
    }

    private EventRange between(long lowest, long after) {
        return new EventRange(Math.max(from, lowest), Math.min(end, after), since, aggregate);
    }

    /// PostgreSQL has no NUL in texts; no stored identifier has one either.
    private static boolean storable(Text text) {
        return text.value().indexOf('\0') < 0;
    }

    private static long whole(BigDecimal number, RoundingMode mode) {
        return number.max(BigDecimal.valueOf(-1)).min(HIGHEST).setScale(0, mode).longValue();
    }
}
