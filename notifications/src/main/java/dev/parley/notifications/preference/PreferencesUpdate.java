package dev.parley.notifications.preference;

import dev.parley.messages.RejectedException;
import dev.parley.messages.Rejection;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// What an account wants from now on. What is absent is as for an account that never said anything.
///
/// @param preview whether the beginning of a message may be in a push
/// @param mentionsBreakMute whether a mention rings in a muted conversation
/// @param timeZone IANA name, like `Europe/Berlin`; offsets like `+01:00` are none, as they know no summer time
/// @param quietHours absent for none
record PreferencesUpdate(
        @Nullable Boolean preview,
        @Nullable Boolean mentionsBreakMute,
        @Nullable String timeZone,
        @Nullable QuietHoursUpdate quietHours) {

    private static final Pattern TIME = Pattern.compile("([01][0-9]|2[0-3]):[0-5][0-9]");

    /// @param from the first minute of quiet, like `22:00`
    /// @param to the first minute after it; before `from` where midnight is between them
    record QuietHoursUpdate(@Nullable String from, @Nullable String to) {}

    /// @throws RejectedException naming the field that is to blame
    Chosen over(Chosen defaults) {
        ZoneId zone = timeZone == null ? defaults.timeZone() : zone(timeZone);
        Preferences preferences = defaults.preferences();
        return new Chosen(
                zone,
                new Preferences(
                        preview == null ? preferences.preview() : preview,
                        mentionsBreakMute == null ? preferences.mentionsBreakMute() : mentionsBreakMute,
                        quietHours == null ? null : quietHours(zone, quietHours)));
    }

    private static ZoneId zone(String name) {
        if (!ZoneId.getAvailableZoneIds().contains(name)) {
            throw invalid("timeZone", "A time zone is an IANA name, like Europe/Berlin or UTC");
        }
        return ZoneId.of(name);
    }

    private static QuietHours quietHours(ZoneId zone, QuietHoursUpdate hours) {
        LocalTime from = time("quietHours.from", hours.from());
        LocalTime to = time("quietHours.to", hours.to());
        if (from.equals(to)) {
            throw invalid("quietHours.to", "Quiet hours end at another time than they begin");
        }
        return new QuietHours(zone, from, to);
    }

    private static LocalTime time(String field, @Nullable String text) {
        if (text == null || !TIME.matcher(text).matches()) {
            throw invalid(field, "A time of day is 00:00 to 23:59");
        }
        return LocalTime.parse(text);
    }

    private static RejectedException invalid(String field, String detail) {
        return new RejectedException(Rejection.invalid(field, detail));
    }
}
