package dev.parley.notifications.policy;

import static dev.parley.notifications.Sql.column;

import dev.parley.messages.member.MemberId;
import dev.parley.notifications.NotificationsConfiguration.NotificationsSchema;
import dev.parley.notifications.outbox.Withdrawn;
import dev.parley.notifications.policy.Marks.Mute;
import java.util.Collection;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// `notifications.mark`: what each member has read and muted. Every method is one round trip in the caller's
/// transaction, and changes nothing when repeated, or when it comes late.
@Component
class MarkStore {

    private final JdbcClient jdbc;

    MarkStore(JdbcClient jdbc, NotificationsSchema schema) {
        this.jdbc = jdbc;
    }

    void read(Collection<Withdrawn> reads) {
        if (!reads.isEmpty()) {
            jdbc.sql("""
                    insert into notifications.mark as m (conversation, account, read_seq, position)
                    select * from unnest(?::uuid[], ?::uuid[], ?::bigint[], ?::bigint[]) order by 1, 2
                    on conflict (conversation, account) do update
                    set read_seq = excluded.read_seq, position = greatest(m.position, excluded.position)
                    where m.read_seq < excluded.read_seq""")
                    .param(column(reads, Withdrawn::conversation))
                    .param(column(reads, Withdrawn::account))
                    .param(column(reads, Withdrawn::seq))
                    .param(column(reads, Withdrawn::position))
                    .update();
        }
    }

    void mute(Map<MemberId, Mute> mutes) {
        if (!mutes.isEmpty()) {
            jdbc.sql("""
                    insert into notifications.mark as m
                        (conversation, account, muted, muted_until, muted_position, position)
                    select *, position from unnest(?::uuid[], ?::uuid[], ?::boolean[], ?::timestamptz[], ?::bigint[])
                        n (conversation, account, muted, until, position) order by 1, 2
                    on conflict (conversation, account) do update
                    set muted = excluded.muted, muted_until = excluded.muted_until,
                        muted_position = excluded.muted_position,
                        position = greatest(m.position, excluded.position)
                    where m.muted_position < excluded.muted_position""")
                    .param(column(mutes.keySet(), MemberId::conversation))
                    .param(column(mutes.keySet(), MemberId::account))
                    .param(column(mutes.values(), Mute::muted))
                    .param(column(mutes.values(), Mute::until))
                    .param(column(mutes.values(), Mute::position))
                    .update();
        }
    }

    /// Forgets what was read and muted before a position.
    void clear(long position) {
        jdbc.sql("delete from notifications.mark where position < ?")
                .param(position)
                .update();
    }
}
