package dev.parley.query.archive;

import co.elastic.clients.elasticsearch._types.aggregations.Aggregation;
import co.elastic.clients.elasticsearch._types.aggregations.CalendarInterval;
import co.elastic.clients.elasticsearch._types.aggregations.FieldDateMath;
import dev.parley.query.paging.Parameters;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAdjusters;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Lengths of time by the calendar. A week begins on Monday.
enum Interval {
    MINUTE(CalendarInterval.Minute, ChronoUnit.MINUTES),
    HOUR(CalendarInterval.Hour, ChronoUnit.HOURS),
    DAY(CalendarInterval.Day, ChronoUnit.DAYS),
    WEEK(CalendarInterval.Week, ChronoUnit.WEEKS),
    MONTH(CalendarInterval.Month, ChronoUnit.MONTHS),
    YEAR(CalendarInterval.Year, ChronoUnit.YEARS);

    private final CalendarInterval calendar;
    private final ChronoUnit unit;

    Interval(CalendarInterval calendar, ChronoUnit unit) {
        this.calendar = calendar;
        this.unit = unit;
    }

    /// @return null where none is asked for
    /// @throws dev.parley.messages.RejectedException `invalid`
    static @Nullable Interval of(@Nullable String text) {
        if (text == null) {
            return null;
        }
        for (Interval interval : values()) {
            if (interval.text().equals(text)) {
                return interval;
            }
        }
        throw Parameters.invalid("interval", "minute, hour, day, week, month or year");
    }

    String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    /// The finest that has at most so many in the span, or years.
    static Interval fitting(Span span, ZoneId zone, long most) {
        for (Interval interval : values()) {
            if (interval.count(span, zone) <= most) {
                return interval;
            }
        }
        return YEAR;
    }

    /// How many of them the span touches.
    long count(Span span, ZoneId zone) {
        return unit.between(begin(span.first(), zone), begin(span.last(), zone)) + 1;
    }

    /// Where the one begins that holds this instant.
    private ZonedDateTime begin(Instant instant, ZoneId zone) {
        ZonedDateTime at = instant.atZone(zone);
        return switch (this) {
            case MINUTE -> at.truncatedTo(ChronoUnit.MINUTES);
            case HOUR -> at.truncatedTo(ChronoUnit.HOURS);
            case DAY -> at.truncatedTo(ChronoUnit.DAYS);
            case WEEK -> at.truncatedTo(ChronoUnit.DAYS).with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
            case MONTH -> at.truncatedTo(ChronoUnit.DAYS).withDayOfMonth(1);
            case YEAR -> at.truncatedTo(ChronoUnit.DAYS).withDayOfYear(1);
        };
    }

    /// Counts messages in each of the span, empty ones included.
    Aggregation histogram(Span span, ZoneId zone) {
        return Aggregation.of(one -> one.dateHistogram(dates -> dates.field("at")
                .calendarInterval(calendar)
                .timeZone(zone.getId())
                .minDocCount(0)
                .extendedBounds(bounds -> bounds.min(at(span.first())).max(at(span.last())))));
    }

    private static FieldDateMath at(Instant instant) {
        return FieldDateMath.of(date -> date.value((double) instant.toEpochMilli()));
    }
}
