package dev.parley.notifications.preference;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.format.DateTimeFormatter;
import org.jspecify.annotations.Nullable;

/// What an account has chosen, as its owner sees it.
///
/// @param preview whether the beginning of a message may be in a push
/// @param mentionsBreakMute whether a mention rings in a muted conversation
/// @param timeZone IANA name, like `Europe/Berlin`
/// @param quietHours absent for none
record PreferencesView(
        boolean preview,
        boolean mentionsBreakMute,
        String timeZone,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable QuietHoursView quietHours) {

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm");

    /// By the clock of the time zone, every day.
    ///
    /// @param from the first minute of quiet, like `22:00`
    /// @param to the first minute after it
    record QuietHoursView(String from, String to) {}

    static PreferencesView of(Chosen chosen) {
        Preferences preferences = chosen.preferences();
        QuietHours quiet = preferences.quietHours();
        return new PreferencesView(
                preferences.preview(),
                preferences.mentionsBreakMute(),
                chosen.timeZone().getId(),
                quiet == null ? null : new QuietHoursView(TIME.format(quiet.from()), TIME.format(quiet.to())));
    }
}
