package dev.parley.notifications.preference;

import dev.parley.messages.AccountId;
import dev.parley.notifications.NotificationsConfiguration.NotificationsSchema;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// What accounts want, in `notifications.preference`. Thread-safe; several nodes may use it at once.
@Component
class PreferenceStore {

    private final JdbcClient jdbc;
    private final Clock clock;

    PreferenceStore(JdbcClient jdbc, Clock clock, NotificationsSchema schema) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /// @return null for an account that never said
    @Nullable
    Chosen find(AccountId account) {
        return jdbc.sql("""
                select preview, mentions_break_mute, time_zone, quiet_from, quiet_to
                from notifications.preference where account = ?""")
                .param(account.value())
                .query((row, n) -> chosen(row))
                .optional()
                .orElse(null);
    }

    /// In the place of everything said before.
    void put(AccountId account, Chosen chosen) {
        Preferences preferences = chosen.preferences();
        QuietHours quiet = preferences.quietHours();
        jdbc.sql("""
                insert into notifications.preference (account, preview, mentions_break_mute, time_zone, quiet_from,
                    quiet_to, updated_at)
                values (?, ?, ?, ?, ?, ?, ?)
                on conflict (account) do update set preview = excluded.preview,
                    mentions_break_mute = excluded.mentions_break_mute, time_zone = excluded.time_zone,
                    quiet_from = excluded.quiet_from, quiet_to = excluded.quiet_to, updated_at = excluded.updated_at""")
                .param(account.value())
                .param(preferences.preview())
                .param(preferences.mentionsBreakMute())
                .param(chosen.timeZone().getId())
                .param(quiet == null ? null : quiet.from())
                .param(quiet == null ? null : quiet.to())
                .param(clock.instant().atOffset(ZoneOffset.UTC))
                .update();
    }

    private static Chosen chosen(ResultSet row) throws SQLException {
        ZoneId zone = ZoneId.of(row.getString("time_zone"));
        LocalTime from = row.getObject("quiet_from", LocalTime.class);
        LocalTime to = row.getObject("quiet_to", LocalTime.class);
        return new Chosen(
                zone,
                new Preferences(
                        row.getBoolean("preview"),
                        row.getBoolean("mentions_break_mute"),
                        from == null || to == null ? null : new QuietHours(zone, from, to)));
    }
}
