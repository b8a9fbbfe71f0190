package dev.parley.notifications.outbox;

import static dev.parley.notifications.Sql.at;
import static dev.parley.notifications.Sql.column;

import dev.parley.notifications.outbox.Settlement.Ended;
import dev.parley.notifications.outbox.Settlement.Sent;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/// Writes down how rows ended, with all that follows from it, in one statement: the tally, the badge
/// that a device shows now, and a withdrawal where the message was read or deleted while it was on its
/// way.
record Endings(JdbcClient jdbc) {

    private static final String END = """
            with ending as (
                select * from unnest(?::uuid[], ?::uuid[], ?::text[], ?::text[], ?::int[], ?::bigint[], ?::timestamptz[])
                    e (id, claim, state, reason, badge, badge_cursor, registered)),
            ended as (
                update notifications.outbox o
                set state = e.state, reason = e.reason, ended_at = ?, claimed_by = null, claimed_until = null,
                    shown = e.state = 'sent' and o.cause = 'message'
                        and not exists (select 1 from notifications.mark k where k.conversation = o.conversation
                            and k.account = o.account and k.read_seq >= o.seq)
                        and not exists (select 1 from notifications.message m where m.conversation = o.conversation
                            and m.message = o.message and m.deleted_at is not null)
                from ending e
                where o.id = e.id and o.state = 'due' and (o.claimed_by = e.claim or e.state = 'sent')
                returning o.id, o.account, o.device, o.conversation, o.message, o.seq, o.cause, o.state, o.reason, o.shown,
                    o.position),
            counted as (
                insert into notifications.tally as t (outcome, reason, pairs)
                select state, reason, count(*) from ended where cause = 'message' group by state, reason order by 1, 2
                on conflict (outcome, reason) do update set pairs = t.pairs + excluded.pairs),
            badged as (
                select distinct on (ended.account, ended.device) ended.account, ended.device, e.badge, e.badge_cursor,
                    e.registered
                from ended join ending e on e.id = ended.id
                where ended.state = 'sent' and e.badge is not null
                order by ended.account, ended.device, ended.position desc),
            badges as (
                update notifications.device d set badge = b.badge, badge_cursor = b.badge_cursor
                from (select d.ctid as place, badged.* from badged join notifications.device d using (account, device)
                    order by account, device for update of d) b
                where d.ctid = b.place and d.updated_at = b.registered),
            overtaken as (
                select ended.account, ended.device, ended.conversation, ended.message, ended.seq,
                    least(k.position, m.deleted_at) as position
                from ended
                left join notifications.mark k on k.conversation = ended.conversation
                    and k.account = ended.account and k.read_seq >= ended.seq
                left join notifications.message m on m.conversation = ended.conversation
                    and m.message = ended.message and m.deleted_at is not null
                where ended.state = 'sent' and ended.cause = 'message' and not ended.shown)
            insert into notifications.outbox (id, account, device, message, conversation, seq, position, cause, found,
                due_at, expires_at, created_at)
            select gen_random_uuid(), account, device, message, conversation, seq, position, 'overtaken', 'shown', ?, ?, ?
            from overtaken
            on conflict (account, device, conversation, seq, cause) do nothing""";

    /// An end that is [Ended] or [Sent].
    private record End(
            OutboxRow row,
            RowState state,
            String reason,
            @Nullable Integer badge,
            long acknowledged) {}

    static boolean isEnd(Settlement settlement) {
        return settlement instanceof Ended || settlement instanceof Sent;
    }

    /// One that is repeated, or comes after the lease ran out, changes nothing, except that a row which
    /// was sent is sent whoever holds it.
    void write(List<Settlement> settlements, Instant now) {
        List<End> ends = settlements.stream().map(Endings::end).toList();
        jdbc.sql(END)
                .param(column(ends, end -> end.row().id()))
                .param(column(ends, end -> end.row().claim().id()))
                .param(column(ends, end -> end.state().text()))
                .param(column(ends, End::reason))
                .param(column(ends, End::badge))
                .param(column(ends, End::acknowledged))
                .param(column(ends, Endings::registered))
                .param(at(now))
                .param(at(now))
                .param(at(now.plus(OwedWithdrawal.EXPIRY)))
                .param(at(now))
                .update();
    }

    private static End end(Settlement settlement) {
        return switch (settlement) {
            case Ended ended -> new End(ended.row(), ended.state(), ended.reason(), null, -1);
            case Sent sent -> new End(sent.row(), RowState.SENT, sent.reason(), sent.badge(), sent.acknowledged());
            case Settlement.Postponed postponed -> throw new IllegalArgumentException("Not an end: " + postponed);
        };
    }

    private static @Nullable Instant registered(End end) {
        var registered = end.row().now().registered();
        return registered == null ? null : registered.target().registered();
    }
}
