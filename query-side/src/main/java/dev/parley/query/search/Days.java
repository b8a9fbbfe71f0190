package dev.parley.query.search;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Reads the dates of a query: a year, a month, a day (ISO 8601), `today` or `yesterday`, in a time zone.
///
/// @param today there
record Days(LocalDate today, ZoneId zone) {

    private static final Pattern DATE = Pattern.compile("(\\d{4})(?:-(\\d{2})(?:-(\\d{2}))?)?");

    /// @param from inclusive
    /// @param until exclusive
    record Period(Instant from, Instant until) {}

    static Days at(Instant now, ZoneId zone) {
        return new Days(LocalDate.ofInstant(now, zone), zone);
    }

    /// @param at where it was typed
    /// @throws dev.parley.messages.RejectedException `invalid` if it is no date
    Period read(String typed, int at) {
        String word = typed.strip().toLowerCase(Locale.ROOT);
        return switch (word) {
            case "today" -> period(today, today.plusDays(1));
            case "yesterday" -> period(today.minusDays(1), today);
            default -> date(word, at);
        };
    }

    private Period date(String word, int at) {
        Matcher date = DATE.matcher(word);
        if (date.matches()) {
            try {
                int year = Integer.parseInt(date.group(1));
                if (date.group(2) == null) {
                    return period(
                            LocalDate.of(year, 1, 1), LocalDate.of(year, 1, 1).plusYears(1));
                }
                int month = Integer.parseInt(date.group(2));
                if (date.group(3) == null) {
                    return period(
                            LocalDate.of(year, month, 1),
                            LocalDate.of(year, month, 1).plusMonths(1));
                }
                LocalDate day = LocalDate.of(year, month, Integer.parseInt(date.group(3)));
                return period(day, day.plusDays(1));
            } catch (DateTimeException noSuchDay) {
                throw BadQuery.at(at, "There is no such day; write a date such as 2026-03-09");
            }
        }
        throw BadQuery.at(at, "Write a date such as 2026-03-09, 2026-03 or 2026, or today or yesterday");
    }

    private Period period(LocalDate from, LocalDate until) {
        return new Period(
                from.atStartOfDay(zone).toInstant(), until.atStartOfDay(zone).toInstant());
    }
}
