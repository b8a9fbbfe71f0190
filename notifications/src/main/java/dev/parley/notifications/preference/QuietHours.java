package dev.parley.notifications.preference;

import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;

/// The hours of every day at which nothing rings, by the clock on the account's wall: when summer time
/// begins or ends they stay what the clock shows.
///
/// @param zone where the account is
/// @param from the first minute of quiet
/// @param to the first minute after it; before `from` where midnight is between them, never equal to it
public record QuietHours(ZoneId zone, LocalTime from, LocalTime to) {

    public QuietHours {
        if (from.equals(to)) {
            throw new IllegalArgumentException("Quiet hours end at another time than they begin");
        }
    }

    /// Whether nothing is to ring at that instant.
    public boolean quietAt(Instant instant) {
        LocalTime time = instant.atZone(zone).toLocalTime();
        boolean begun = !time.isBefore(from);
        boolean ended = !time.isBefore(to);
        return from.isBefore(to) ? begun && !ended : begun || !ended;
    }
}
