package dev.parley.axonserver.eventquery;

import dev.parley.axonserver.eventquery.Value.Nothing;
import dev.parley.axonserver.eventquery.Value.Text;
import dev.parley.axonserver.eventquery.language.Expression.Call;
import dev.parley.axonserver.eventquery.language.QueryException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.temporal.IsoFields;
import java.util.Locale;

/// Functions on points in time, in UTC unless another zone is named. Patterns are those of
/// [java.time.format.DateTimeFormatter]. Weeks are those of ISO 8601.
final class Dates {

    static final String DEFAULT_PATTERN = "yyyy-MM-dd HH:mm:ss";
    static final String DEFAULT_ZONE = "UTC";

    /// Milliseconds from 1970 that are within four-digit years, so that no pattern makes long texts of them.
    private static final long MAX_MILLIS = 253_402_300_799_999L;

    private Dates() {}

    static Eval format(Call call, Eval time, String pattern, String zone) {
        try {
            return format(
                    call,
                    time,
                    DateTimeFormatter.ofPattern(pattern, Locale.ENGLISH).withZone(ZoneId.of(zone, ZoneId.SHORT_IDS)));
        } catch (DateTimeException | IllegalArgumentException e) {
            throw new QueryException(call.position(), "the pattern or the time zone cannot be used: " + e.getMessage());
        }
    }

    static Eval part(Call call, Eval time, String zone) {
        if (call.function().equals("week")) {
            ZoneId of = zone(call, zone);
            return row -> {
                Value value = time.of(row);
                return value instanceof Nothing
                        ? value
                        : new Text(Integer.toString(
                                instant(call, value).atZone(of).get(IsoFields.WEEK_OF_WEEK_BASED_YEAR)));
            };
        }
        String pattern = switch (call.function()) {
            case "minute" -> "mm";
            case "hour" -> "HH";
            case "day" -> "dd";
            case "month" -> "MM";
            default -> "yyyy";
        };
        return format(call, time, pattern, zone);
    }

    private static ZoneId zone(Call call, String zone) {
        try {
            return ZoneId.of(zone, ZoneId.SHORT_IDS);
        } catch (DateTimeException e) {
            throw new QueryException(call.position(), "there is no time zone \"" + zone + "\"");
        }
    }

    private static Eval format(Call call, Eval time, DateTimeFormatter format) {
        return row -> {
            Value value = time.of(row);
            if (value instanceof Nothing) {
                return value;
            }
            try {
                return new Text(format.format(instant(call, value)));
            } catch (DateTimeException e) {
                throw new QueryException(call.position(), "the time cannot be written so: " + e.getMessage());
            }
        };
    }

    private static Instant instant(Call call, Value value) {
        if (!Comparisons.numeric(value)) {
            throw new QueryException(call.position(), "\"" + call.function() + "\" needs a timestamp");
        }
        double millis = Comparisons.number(value).doubleValue();
        if (Math.abs(millis) > MAX_MILLIS) {
            throw new QueryException(call.position(), "this is not a timestamp in milliseconds since 1970");
        }
        return Instant.ofEpochMilli((long) millis);
    }
}
