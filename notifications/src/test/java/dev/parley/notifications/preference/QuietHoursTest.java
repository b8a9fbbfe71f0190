package dev.parley.notifications.preference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QuietHoursTest {

    private static QuietHours hours(String zone, String from, String to) {
        return new QuietHours(ZoneId.of(zone), LocalTime.parse(from), LocalTime.parse(to));
    }

    @ParameterizedTest
    @CsvSource({
        "2026-06-10T12:59:59.999999999Z, false",
        "2026-06-10T13:00:00Z, true",
        "2026-06-10T13:59:59.999999999Z, true",
        "2026-06-10T14:00:00Z, false"
    })
    void theFirstMinuteIsQuietAndTheLastIsNot(Instant at, boolean quiet) {
        assertThat(hours("UTC", "13:00", "14:00").quietAt(at)).isEqualTo(quiet);
    }

    @ParameterizedTest
    @CsvSource({
        "2026-06-10T19:59:59.999Z, false",
        "2026-06-10T20:00:00Z, true",
        "2026-06-10T21:59:59.999Z, true",
        "2026-06-10T22:00:00Z, true",
        "2026-06-11T04:59:59.999Z, true",
        "2026-06-11T05:00:00Z, false",
        "2026-06-11T10:00:00Z, false"
    })
    void midnightMayBeInBetween(Instant at, boolean quiet) {
        assertThat(hours("Europe/Berlin", "22:00", "07:00").quietAt(at)).isEqualTo(quiet);
    }

    @ParameterizedTest
    @CsvSource({
        "2026-06-10T21:59:59Z, false",
        "2026-06-10T22:00:00Z, true",
        "2026-06-11T04:00:00Z, false",
    })
    void midnightMayBeTheBeginning(Instant at, boolean quiet) {
        assertThat(hours("Europe/Berlin", "00:00", "06:00").quietAt(at)).isEqualTo(quiet);
    }

    @ParameterizedTest
    @CsvSource({"2026-06-10T19:59:59Z, false", "2026-06-10T21:59:59Z, true", "2026-06-10T22:00:00Z, false"})
    void midnightMayBeTheEnd(Instant at, boolean quiet) {
        assertThat(hours("Europe/Berlin", "22:00", "00:00").quietAt(at)).isEqualTo(quiet);
    }

    /// The clocks go from 02:00 to 03:00, so the night is an hour shorter.
    @ParameterizedTest
    @CsvSource({
        "Europe/Berlin, 2026-03-28T20:59:59Z, false",
        "Europe/Berlin, 2026-03-28T21:00:00Z, true",
        "Europe/Berlin, 2026-03-29T04:59:59Z, true",
        "Europe/Berlin, 2026-03-29T05:00:00Z, false",
        "Europe/Berlin, 2026-03-29T20:00:00Z, true",
        "America/New_York, 2026-03-08T02:59:59Z, false",
        "America/New_York, 2026-03-08T03:00:00Z, true",
        "America/New_York, 2026-03-08T10:59:59Z, true",
        "America/New_York, 2026-03-08T11:00:00Z, false",
        "America/New_York, 2026-03-09T02:00:00Z, true"
    })
    void theNightInWhichSummerTimeBeginsEndsByTheClock(String zone, Instant at, boolean quiet) {
        assertThat(hours(zone, "22:00", "07:00").quietAt(at)).isEqualTo(quiet);
    }

    /// 02:30 does not exist that night: quiet begins where the clock goes on.
    @ParameterizedTest
    @CsvSource({
        "Europe/Berlin, 2026-03-29T00:59:59Z, false",
        "Europe/Berlin, 2026-03-29T01:00:00Z, true",
        "Europe/Berlin, 2026-03-29T01:29:59Z, true",
        "Europe/Berlin, 2026-03-29T01:30:00Z, false",
        "America/New_York, 2026-03-08T06:59:59Z, false",
        "America/New_York, 2026-03-08T07:00:00Z, true",
        "America/New_York, 2026-03-08T07:30:00Z, false"
    })
    void aBeginningThatTheClockPassesOverIsWhereItGoesOn(String zone, Instant at, boolean quiet) {
        assertThat(hours(zone, "02:30", "03:30").quietAt(at)).isEqualTo(quiet);
    }

    @ParameterizedTest
    @CsvSource({
        "2026-03-29T00:59:59Z, false",
        "2026-03-29T01:00:00Z, false",
        "2026-03-29T01:20:00Z, false",
        "2026-03-30T00:20:00Z, true"
    })
    void hoursThatTheClockPassesOverAreNotQuietThatDay(Instant at, boolean quiet) {
        assertThat(hours("Europe/Berlin", "02:10", "02:50").quietAt(at)).isEqualTo(quiet);
    }

    /// The clocks go from 03:00 back to 02:00 in Berlin, from 02:00 to 01:00 in New York.
    @ParameterizedTest
    @CsvSource({
        "Europe/Berlin, 02:00, 02:30, 2026-10-24T23:59:59Z, false",
        "Europe/Berlin, 02:00, 02:30, 2026-10-25T00:00:00Z, true",
        "Europe/Berlin, 02:00, 02:30, 2026-10-25T00:30:00Z, false",
        "Europe/Berlin, 02:00, 02:30, 2026-10-25T00:59:59Z, false",
        "Europe/Berlin, 02:00, 02:30, 2026-10-25T01:00:00Z, true",
        "Europe/Berlin, 02:00, 02:30, 2026-10-25T01:30:00Z, false",
        "America/New_York, 01:30, 02:00, 2026-11-01T05:29:59Z, false",
        "America/New_York, 01:30, 02:00, 2026-11-01T05:30:00Z, true",
        "America/New_York, 01:30, 02:00, 2026-11-01T06:00:00Z, false",
        "America/New_York, 01:30, 02:00, 2026-11-01T06:30:00Z, true",
        "America/New_York, 01:30, 02:00, 2026-11-01T07:00:00Z, false"
    })
    void anHourThatComesTwiceIsQuietTwice(String zone, String from, String to, Instant at, boolean quiet) {
        assertThat(hours(zone, from, to).quietAt(at)).isEqualTo(quiet);
    }

    @ParameterizedTest
    @CsvSource({
        "Europe/Berlin, 2026-10-24T20:00:00Z, true",
        "Europe/Berlin, 2026-10-25T05:59:59Z, true",
        "Europe/Berlin, 2026-10-25T06:00:00Z, false",
        "America/New_York, 2026-11-01T02:00:00Z, true",
        "America/New_York, 2026-11-01T11:59:59Z, true",
        "America/New_York, 2026-11-01T12:00:00Z, false"
    })
    void theNightInWhichSummerTimeEndsIsAnHourLonger(String zone, Instant at, boolean quiet) {
        assertThat(hours(zone, "22:00", "07:00").quietAt(at)).isEqualTo(quiet);
    }

    /// Lord Howe moves its clocks by half an hour.
    @ParameterizedTest
    @CsvSource({
        "Asia/Kolkata, 2026-06-10T16:29:59Z, false",
        "Asia/Kolkata, 2026-06-10T16:30:00Z, true",
        "Asia/Kolkata, 2026-06-11T01:29:59Z, true",
        "Asia/Kolkata, 2026-06-11T01:30:00Z, false",
        "Asia/Kathmandu, 2026-06-10T16:14:59Z, false",
        "Asia/Kathmandu, 2026-06-10T16:15:00Z, true",
        "Asia/Kathmandu, 2026-06-11T01:15:00Z, false",
        "Australia/Lord_Howe, 2026-01-10T10:59:59Z, false",
        "Australia/Lord_Howe, 2026-01-10T11:00:00Z, true",
        "Australia/Lord_Howe, 2026-07-10T11:00:00Z, false",
        "Australia/Lord_Howe, 2026-07-10T11:30:00Z, true"
    })
    void offsetsNeedNotBeWholeHours(String zone, Instant at, boolean quiet) {
        assertThat(hours(zone, "22:00", "07:00").quietAt(at)).isEqualTo(quiet);
    }

    @Test
    void aDayIsNotQuietAsAWhole() {
        assertThatIllegalArgumentException().isThrownBy(() -> hours("UTC", "22:00", "22:00"));
    }
}
