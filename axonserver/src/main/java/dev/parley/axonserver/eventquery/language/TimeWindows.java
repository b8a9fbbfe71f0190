package dev.parley.axonserver.eventquery.language;

import java.math.BigDecimal;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/// `last 5 minutes`: the units of time and how they may be written.
final class TimeWindows {

    private TimeWindows() {}

    static Step.TimeWindow window(Token last, boolean negative, @Nullable Token amount, Token unit) {
        if (negative) {
            throw new QueryException(last.position(), "a time window cannot be negative");
        }
        ChronoUnit meant = unit(unit);
        BigDecimal count = amount == null ? BigDecimal.ONE : Numerals.parse(amount);
        boolean whole = count.stripTrailingZeros().scale() <= 0;
        if (amount != null && !whole && (meant == ChronoUnit.MONTHS || meant == ChronoUnit.YEARS)) {
            throw new QueryException(amount.position(), "only whole months and years can be counted");
        }
        return new Step.TimeWindow(count, meant, last.position());
    }

    private static ChronoUnit unit(Token token) {
        if (token.kind() == Token.Kind.WORD) {
            switch (token.lower()) {
                case "sec", "secs", "second", "seconds":
                    return ChronoUnit.SECONDS;
                case "min", "mins", "minute", "minutes":
                    return ChronoUnit.MINUTES;
                case "hr", "hrs", "hour", "hours":
                    return ChronoUnit.HOURS;
                case "day", "days":
                    return ChronoUnit.DAYS;
                case "wk", "wks", "week", "weeks":
                    return ChronoUnit.WEEKS;
                case "mo", "mos", "month", "months":
                    return ChronoUnit.MONTHS;
                case "yr", "yrs", "year", "years":
                    return ChronoUnit.YEARS;
                default:
                    break;
            }
        }
        throw new QueryException(
                token.position(),
                "after \"last\" comes a number or a unit (seconds, minutes, hours, days, weeks, months, years), not "
                        + token.shown());
    }
}
