package dev.parley.notifications.outbox;

import dev.parley.messages.AccountId;
import dev.parley.messages.ConversationId;
import dev.parley.messages.MessageId;
import dev.parley.notifications.device.ApnsEnvironment;
import dev.parley.notifications.device.Platform;
import dev.parley.notifications.device.PushTarget;
import dev.parley.notifications.outbox.OutboxRow.Circumstances;
import dev.parley.notifications.outbox.OutboxRow.Claim;
import dev.parley.notifications.outbox.OutboxRow.Mark;
import dev.parley.notifications.outbox.OutboxRow.Registered;
import dev.parley.notifications.outbox.OutboxRow.Said;
import dev.parley.notifications.outbox.OutboxRow.Subject;
import dev.parley.notifications.preference.Preferences;
import dev.parley.notifications.preference.QuietHours;
import dev.parley.notifications.presence.DeviceKey;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Claims due rows and reads all that is known about them, in one statement.
///
/// @param usual of accounts that never said what they want
record ClaimedRows(Preferences usual) {

    /// Takes now, now, most, claim, claimed until, now.
    static final String CLAIM = """
            with due as (
                select id from notifications.outbox
                where state = 'due' and due_at <= ? and (claimed_until is null or claimed_until <= ?)
                order by due_at limit ? for update skip locked),
            claimed as (
                update notifications.outbox o
                set claimed_by = ?, claimed_until = ?, attempts = attempts + 1
                from due where o.id = due.id returning o.*)
            select c.id, c.account, c.device, c.message, c.conversation, c.seq, c.position, c.cause, c.found, c.mentioned,
                c.expires_at, c.created_at, c.attempts, c.reason,
                d.platform, d.token, d.topic, d.environment, d.updated_at, d.dropped_at is not null as dropped,
                d.badge, coalesce(d.badge_cursor, -1) as badge_cursor,
                exists(select 1 from notifications.recipient r where r.conversation = c.conversation
                    and r.account = c.account and r.to_position is null) as member,
                concat_ws(' · ', sender.name, nullif(title.title, '')) as title, coalesce(m.excerpt, '') as excerpt,
                m.deleted_at is not null as deleted,
                coalesce(k.read_seq, -1) as read_seq,
                coalesce(k.muted and (k.muted_until is null or k.muted_until > ?), false) as muted,
                p.preview, p.mentions_break_mute, p.time_zone, p.quiet_from, p.quiet_to
            from claimed c
            left join notifications.device d on d.account = c.account and d.device = c.device
            left join notifications.message m on m.conversation = c.conversation and m.message = c.message
            left join notifications.account_name sender on sender.account = m.sender
            left join notifications.conversation_title title on title.conversation = c.conversation
            left join notifications.mark k on k.conversation = c.conversation and k.account = c.account
            left join notifications.preference p on p.account = c.account
            order by c.due_at""";

    OutboxRow row(ResultSet row, UUID claim) throws SQLException {
        return new OutboxRow(
                row.getObject("id", UUID.class),
                new DeviceKey(new AccountId(row.getObject("account", UUID.class)), row.getString("device")),
                subject(row),
                instant(row, "expires_at"),
                new Claim(claim, row.getInt("attempts"), row.getString("reason"), instant(row, "created_at")),
                new Circumstances(
                        registered(row),
                        row.getBoolean("member"),
                        new Said(row.getString("title"), row.getString("excerpt"), row.getBoolean("deleted")),
                        new Mark(row.getLong("read_seq"), row.getBoolean("muted")),
                        preferences(row)));
    }

    private static Subject subject(ResultSet row) throws SQLException {
        UUID message = row.getObject("message", UUID.class);
        return new Subject(
                Cause.of(row.getString("cause")),
                Found.of(row.getString("found")),
                message == null ? null : new MessageId(message),
                new ConversationId(row.getObject("conversation", UUID.class)),
                row.getLong("seq"),
                row.getLong("position"),
                row.getBoolean("mentioned"));
    }

    private static @Nullable Registered registered(ResultSet row) throws SQLException {
        String name = row.getString("platform");
        Platform platform = name == null ? null : Platform.of(name);
        if (platform == null) {
            return null;
        }
        String environment = row.getString("environment");
        PushTarget target = new PushTarget(
                platform,
                row.getString("token"),
                row.getString("topic"),
                environment == null ? null : ApnsEnvironment.of(environment),
                instant(row, "updated_at"));
        return new Registered(
                target, row.getBoolean("dropped"), row.getObject("badge", Integer.class), row.getLong("badge_cursor"));
    }

    private Preferences preferences(ResultSet row) throws SQLException {
        String zone = row.getString("time_zone");
        if (zone == null) {
            return usual;
        }
        LocalTime from = row.getObject("quiet_from", LocalTime.class);
        QuietHours quiet =
                from == null ? null : new QuietHours(ZoneId.of(zone), from, row.getObject("quiet_to", LocalTime.class));
        return new Preferences(row.getBoolean("preview"), row.getBoolean("mentions_break_mute"), quiet);
    }

    private static Instant instant(ResultSet row, String column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }
}
