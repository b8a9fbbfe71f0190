package dev.parley.query.archive;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class IntervalTest {

    @ParameterizedTest
    @CsvSource({
        "MINUTE, 2026-01-01T00:00:59Z, 2026-01-01T00:01:00Z, 2",
        "HOUR, 2026-01-01T00:59:59Z, 2026-01-01T02:00:00Z, 3",
        "DAY, 2026-01-01T23:59:59Z, 2026-01-02T00:00:00Z, 2",
        "WEEK, 2026-01-04T23:59:59Z, 2026-01-05T00:00:00Z, 2",
        "WEEK, 2026-01-05T00:00:00Z, 2026-01-11T23:59:59Z, 1",
        "MONTH, 2025-12-31T00:00:00Z, 2026-01-01T00:00:00Z, 2",
        "YEAR, 2004-06-01T00:00:00Z, 2026-01-01T00:00:00Z, 23",
    })
    void theyAreCountedByTheCalendar(Interval interval, Instant first, Instant last, long count) {
        assertThat(interval.count(new Span(first, last), ZoneOffset.UTC)).isEqualTo(count);
    }

    @ParameterizedTest
    @CsvSource({"10, DAY", "240, HOUR", "1, MONTH", "100000, MINUTE"})
    void theFinestThatFitsIsChosen(long most, Interval interval) {
        Span span = new Span(Instant.parse("2026-01-01T00:00:00Z"), Instant.parse("2026-01-10T22:59:59Z"));
        assertThat(Interval.fitting(span, ZoneId.of("Europe/Berlin"), most)).isEqualTo(interval);
    }
}
