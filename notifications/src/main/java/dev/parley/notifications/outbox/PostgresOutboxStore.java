package dev.parley.notifications.outbox;

import static dev.parley.notifications.Sql.at;
import static dev.parley.notifications.Sql.column;

import dev.parley.notifications.NotificationsConfiguration.NotificationsSchema;
import dev.parley.notifications.NotificationsProperties;
import dev.parley.notifications.outbox.Settlement.Postponed;
import dev.parley.notifications.preference.Preferences;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// `notifications.outbox`, claimed with `for update skip locked` so that nodes never wait for one another.
@Component
class PostgresOutboxStore implements OutboxStore {

    /// What is kept of failed attempts: the newest 20.
    private static final String POSTPONE = """
            update notifications.outbox o set due_at = least(p.due_at, expires_at), reason = p.reason,
                claimed_by = null, claimed_until = null, attempts = attempts - case when p.attempted then 0 else 1 end,
                tried = case when not p.attempted and o.reason is not distinct from p.reason then tried
                    else case when jsonb_array_length(tried) < 20 then tried else tried - 0 end
                        || jsonb_build_object('at', ?::timestamptz, 'reason', p.reason) end
            from unnest(?::uuid[], ?::uuid[], ?::timestamptz[], ?::text[], ?::boolean[])
                p (id, claim, due_at, reason, attempted)
            where o.id = p.id and o.state = 'due' and o.claimed_by = p.claim""";

    private static final String DEPTH = """
            select count(*) filter (where claimed_until is null or claimed_until <= ?),
                count(*) filter (where claimed_until > ?),
                min(created_at) filter (where reason is distinct from 'no-credentials')
            from notifications.outbox where state = 'due'""";

    private final JdbcClient client;
    private final Clock clock;
    private final MessageTable messages;
    private final ClaimedRows claimed;
    private final Endings endings;
    private final Duration expiry;

    PostgresOutboxStore(
            JdbcClient client,
            Clock clock,
            MessageTable messages,
            NotificationsProperties properties,
            NotificationsSchema schema) {
        this.client = client;
        this.clock = clock;
        this.messages = messages;
        this.claimed = new ClaimedRows(new Preferences(true, properties.mentionsBreakMute(), null));
        this.endings = new Endings(client);
        this.expiry = properties.expiry();
    }

    @Override
    public List<OutboxRow> claim(int most, Duration lease) {
        Instant now = clock.instant();
        UUID claim = UUID.randomUUID();
        return client.sql(ClaimedRows.CLAIM)
                .params(at(now), at(now), most, claim, at(now.plus(lease)), at(now))
                .query((row, n) -> claimed.row(row, claim))
                .list();
    }

    @Override
    public void settle(List<Settlement> settlements) {
        Instant now = clock.instant();
        List<Settlement> ends = settlements.stream().filter(Endings::isEnd).toList();
        if (!ends.isEmpty()) {
            endings.write(ends, now);
        }
        List<Postponed> postponed = new ArrayList<>();
        for (Settlement settlement : settlements) {
            if (settlement instanceof Postponed later) {
                postponed.add(later);
            }
        }
        if (!postponed.isEmpty()) {
            postpone(postponed, now);
        }
    }

    private void postpone(List<Postponed> postponed, Instant now) {
        client.sql(POSTPONE)
                .param(at(now))
                .param(column(postponed, later -> later.row().id()))
                .param(column(postponed, later -> later.row().claim().id()))
                .param(column(postponed, Postponed::due))
                .param(column(postponed, Postponed::reason))
                .param(column(postponed, Postponed::attempted))
                .update();
    }

    @Override
    public int forget(Duration age) {
        Instant before = clock.instant().minus(age);
        int rows = client.sql("delete from notifications.outbox where state <> 'due' and ended_at < ?")
                .param(at(before))
                .update();
        messages.forget(clock.instant().minus(expiry), before);
        return rows;
    }

    @Override
    public Depth depth() {
        Instant now = clock.instant();
        return client.sql(DEPTH)
                .params(at(now), at(now))
                .query((row, n) -> {
                    OffsetDateTime oldest = row.getObject(3, OffsetDateTime.class);
                    return new Depth(row.getLong(1), row.getLong(2), oldest == null ? now : oldest.toInstant());
                })
                .single();
    }
}
