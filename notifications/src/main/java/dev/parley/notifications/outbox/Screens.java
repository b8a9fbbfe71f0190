package dev.parley.notifications.outbox;

import static dev.parley.notifications.Sql.at;
import static dev.parley.notifications.Sql.column;

import dev.parley.messages.AccountId;
import dev.parley.notifications.NotificationsConfiguration.NotificationsSchema;
import dev.parley.notifications.presence.DeviceKey;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// What the lock screens of devices show, as far as this role has sent it, and taking it off them. In the caller's
/// transaction; a repeat adds nothing.
@Component
public class Screens {

    /// Several conversations are often read in a row: a device that only shows a number waits for the last of them.
    private static final Duration BADGE_SETTLES = Duration.ofSeconds(5);

    private static final String SHOWING = """
            select o.account, o.device, o.n, bool_or(not o.badge_only) from (
                select w.n, o.account, o.device, false as badge_only from wanted w join notifications.outbox o
                    on o.shown and o.account = w.account and o.conversation = w.conversation and o.seq <= w.seq
                    where w.message is null
                union all
                select w.n, o.account, o.device, false from wanted w join notifications.outbox o
                    on o.shown and o.message = w.message and o.conversation = w.conversation
                union all
                select w.n, d.account, d.device, true from wanted w join notifications.device d
                    on d.account = w.account where d.badge > 0 and d.dropped_at is null) o
            group by 1, 2, 3""";

    private static final String WANTED = """
            with wanted as (select * from unnest(?::int[], ?::uuid[], ?::uuid[], ?::uuid[], ?::bigint[])
                w (n, conversation, account, message, seq))
            """;

    private static final String WITHDRAW = """
            insert into notifications.outbox (id, account, device, message, conversation, seq, position, cause, found,
                due_at, expires_at, created_at)
            select gen_random_uuid(), w.account, w.device, w.message, w.conversation, w.seq, w.position, w.cause, w.found,
                w.due_at, w.expires_at, ?
            from unnest(?::uuid[], ?::text[], ?::uuid[], ?::uuid[], ?::bigint[], ?::bigint[], ?::text[], ?::text[],
                ?::timestamptz[], ?::timestamptz[])
                w (account, device, message, conversation, seq, position, cause, found, due_at, expires_at)
            on conflict (account, device, conversation, seq, cause) do nothing""";

    private static final String HIDE = """
            update notifications.outbox o set shown = false
            from unnest(?::uuid[], ?::text[], ?::uuid[], ?::uuid[], ?::bigint[])
                w (account, device, message, conversation, seq)
            where o.shown and o.account = w.account and o.device = w.device and o.conversation = w.conversation
                and (w.message is null and o.seq <= w.seq or o.message = w.message)""";

    private final JdbcClient jdbc;
    private final Clock clock;

    Screens(JdbcClient jdbc, Clock clock, NotificationsSchema schema) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /// The devices that show what was taken back, or a number that may have changed with it, one round trip.
    public List<OwedWithdrawal> showing(List<Withdrawn> withdrawn) {
        if (withdrawn.isEmpty()) {
            return List.of();
        }
        List<Integer> numbers = new ArrayList<>();
        for (int n = 0; n < withdrawn.size(); n++) {
            numbers.add(n);
        }
        return jdbc.sql(WANTED + SHOWING)
                .param(column(numbers, Function.identity()))
                .param(column(withdrawn, Withdrawn::conversation))
                .param(column(withdrawn, Withdrawn::account))
                .param(column(withdrawn, Withdrawn::message))
                .param(column(withdrawn, Withdrawn::seq))
                .query((row, n) -> new OwedWithdrawal(
                        withdrawn.get(row.getInt(3)),
                        new DeviceKey(new AccountId(row.getObject(1, UUID.class)), row.getString(2)),
                        row.getBoolean(4) ? Found.SHOWN : Found.BADGE))
                .list();
    }

    /// Adds a row for each device, two round trips.
    public void withdraw(List<OwedWithdrawal> owed) {
        if (owed.isEmpty()) {
            return;
        }
        Instant now = clock.instant();
        jdbc.sql(WITHDRAW)
                .param(at(now))
                .param(column(owed, push -> push.device().account()))
                .param(column(owed, push -> push.device().device()))
                .param(of(owed, Withdrawn::message))
                .param(of(owed, Withdrawn::conversation))
                .param(of(owed, Withdrawn::seq))
                .param(of(owed, Withdrawn::position))
                .param(of(owed, withdrawn -> withdrawn.cause().text()))
                .param(column(owed, push -> push.found().text()))
                .param(column(owed, push -> push.found() == Found.BADGE ? now.plus(BADGE_SETTLES) : now))
                .param(of(owed, withdrawn -> withdrawn.at().plus(OwedWithdrawal.EXPIRY)))
                .update();
        hide(owed);
    }

    /// Notes that these devices show it no more, one round trip.
    public void hide(List<OwedWithdrawal> gone) {
        if (!gone.isEmpty()) {
            jdbc.sql(HIDE)
                    .param(column(gone, push -> push.device().account()))
                    .param(column(gone, push -> push.device().device()))
                    .param(of(gone, Withdrawn::message))
                    .param(of(gone, Withdrawn::conversation))
                    .param(of(gone, Withdrawn::seq))
                    .update();
        }
    }

    private static @Nullable String[] of(
            List<OwedWithdrawal> owed, Function<Withdrawn, ? extends @Nullable Object> part) {
        return column(owed, push -> part.apply(push.withdrawn()));
    }
}
