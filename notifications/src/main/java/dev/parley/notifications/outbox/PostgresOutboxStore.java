package dev.parley.notifications.outbox;

import dev.parley.messages.AccountId;
import dev.parley.messages.ConversationId;
import dev.parley.messages.MessageId;
import dev.parley.notifications.NotificationsConfiguration.NotificationsSchema;
import dev.parley.notifications.device.Platform;
import dev.parley.notifications.device.PushTarget;
import dev.parley.notifications.gateway.PushNotification;
import dev.parley.notifications.presence.DeviceKey;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// `notifications.outbox`, claimed with `for update skip locked` so that nodes never wait for one another.
@Component
class PostgresOutboxStore implements OutboxStore {

    private static final String CLAIM = """
            with due as (
                select id from notifications.outbox
                where state = 'due' and due_at <= ? and (claimed_until is null or claimed_until <= ?)
                order by due_at limit ? for update skip locked),
            claimed as (
                update notifications.outbox o
                set claimed_by = ?, claimed_until = ?, attempts = attempts + 1
                from due where o.id = due.id returning o.*)
            select c.id, c.account, c.device, c.message, c.conversation, c.position, c.title, c.excerpt, c.expires_at,
                c.attempts, c.reason, d.platform, d.token, d.topic, d.updated_at,
                exists(select 1 from notifications.recipient r where r.conversation = c.conversation
                    and r.account = c.account and r.to_position is null) as member
            from claimed c left join notifications.device d on d.account = c.account and d.device = c.device
                and d.dropped_at is null
            order by c.due_at""";

    private static final String END = """
            update notifications.outbox set state = ?, reason = ?, ended_at = ?, title = null, excerpt = null,
                claimed_by = null, claimed_until = null
            where id = ? and state = 'due' and (claimed_by = ? or ? = 'sent')""";

    private static final String POSTPONE = """
            update notifications.outbox set due_at = least(?, expires_at), reason = ?, claimed_by = null,
                claimed_until = null
            where id = ? and state = 'due' and claimed_by = ?""";

    private static final String DEPTH = """
            select count(*) filter (where claimed_until is null or claimed_until <= ?),
                count(*) filter (where claimed_until > ?),
                min(due_at) filter (where due_at <= ?)
            from notifications.outbox where state = 'due'""";

    private final JdbcTemplate jdbc;
    private final JdbcClient client;
    private final Clock clock;

    PostgresOutboxStore(JdbcTemplate jdbc, Clock clock, NotificationsSchema schema) {
        this.jdbc = jdbc;
        this.client = JdbcClient.create(jdbc);
        this.clock = clock;
    }

    @Override
    public List<OutboxRow> claim(int most, Duration lease) {
        Instant now = clock.instant();
        UUID claim = UUID.randomUUID();
        return client.sql(CLAIM)
                .params(at(now), at(now), most, claim, at(now.plus(lease)))
                .query((row, n) -> row(row, claim))
                .list();
    }

    private static OutboxRow row(ResultSet row, UUID claim) throws SQLException {
        return new OutboxRow(
                row.getObject("id", UUID.class),
                new DeviceKey(new AccountId(row.getObject("account", UUID.class)), row.getString("device")),
                new PushNotification.Subject(
                        new MessageId(row.getObject("message", UUID.class)),
                        new ConversationId(row.getObject("conversation", UUID.class)),
                        0,
                        row.getLong("position")),
                new PushNotification.Alert(
                        row.getString("title"), row.getString("excerpt"), PushNotification.Urgency.ORDINARY, null),
                instant(row, "expires_at"),
                row.getInt("attempts"),
                claim,
                row.getString("reason"),
                new OutboxRow.Circumstances(target(row), row.getBoolean("member")));
    }

    private static @Nullable PushTarget target(ResultSet row) throws SQLException {
        String name = row.getString("platform");
        Platform platform = name == null ? null : Platform.of(name);
        return platform == null
                ? null
                : new PushTarget(
                        platform, row.getString("token"), row.getString("topic"), null, instant(row, "updated_at"));
    }

    @Override
    public void settle(List<Settlement> settlements) {
        Instant now = clock.instant();
        List<Object[]> ended = new ArrayList<>();
        List<Object[]> postponed = new ArrayList<>();
        for (Settlement settlement : settlements) {
            OutboxRow row = settlement.row();
            switch (settlement) {
                case Settlement.Ended e -> {
                    String state = e.state().text();
                    ended.add(new Object[] {state, e.reason(), at(now), row.id(), row.claim(), state});
                }
                case Settlement.Postponed p ->
                    postponed.add(new Object[] {at(p.due()), p.reason(), row.id(), row.claim()});
            }
        }
        if (!ended.isEmpty()) {
            jdbc.batchUpdate(END, ended);
        }
        if (!postponed.isEmpty()) {
            jdbc.batchUpdate(POSTPONE, postponed);
        }
    }

    @Override
    public int forget(Duration age) {
        return client.sql("delete from notifications.outbox where state <> 'due' and ended_at < ?")
                .param(at(clock.instant().minus(age)))
                .update();
    }

    @Override
    public Depth depth() {
        Instant now = clock.instant();
        return client.sql(DEPTH)
                .params(at(now), at(now), at(now))
                .query((row, n) -> {
                    OffsetDateTime oldest = row.getObject(3, OffsetDateTime.class);
                    return new Depth(row.getLong(1), row.getLong(2), oldest == null ? now : oldest.toInstant());
                })
                .single();
    }

    private static OffsetDateTime at(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }

    private static Instant instant(ResultSet row, String column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }
}
