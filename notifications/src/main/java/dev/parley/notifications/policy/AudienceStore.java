package dev.parley.notifications.policy;

import static dev.parley.notifications.Sql.column;

import dev.parley.messages.AccountId;
import dev.parley.messages.ConversationId;
import dev.parley.messages.SessionId;
import dev.parley.notifications.NotificationsConfiguration.NotificationsSchema;
import dev.parley.notifications.presence.DeviceKey;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// The role's own membership and names: `notifications.recipient`, `account_name`, `conversation_title`. Every method
/// works in the caller's transaction, in one round trip where nothing else is said, and changes nothing when repeated.
@Component
class AudienceStore {

    private final JdbcClient jdbc;

    AudienceStore(JdbcClient jdbc, NotificationsSchema schema) {
        this.jdbc = jdbc;
    }

    /// @param position of the fact
    record Membership(ConversationId conversation, AccountId account, long position) {}

    /// What an account or a conversation is called.
    ///
    /// @param name empty for a conversation that has no title any more
    /// @param position of the fact that says so
    record Named(String name, long position) {}

    void join(List<Membership> joined) {
        if (!joined.isEmpty()) {
            jdbc.sql("""
                    insert into notifications.recipient (conversation, account, from_position)
                    select * from unnest(?::uuid[], ?::uuid[], ?::bigint[]) on conflict do nothing""")
                    .param(column(joined, Membership::conversation))
                    .param(column(joined, Membership::account))
                    .param(column(joined, Membership::position))
                    .update();
        }
    }

    /// To be called after [#join] for the same batch; an account that joins again later stays.
    void leave(List<Membership> left) {
        if (!left.isEmpty()) {
            jdbc.sql("""
                    update notifications.recipient r set to_position = (
                        select min(l.position) from unnest(?::uuid[], ?::uuid[], ?::bigint[])
                            l (conversation, account, position)
                        where l.conversation = r.conversation and l.account = r.account
                            and l.position > r.from_position)
                    where r.to_position is null and exists (
                        select 1 from unnest(?::uuid[], ?::uuid[], ?::bigint[]) l (conversation, account, position)
                        where l.conversation = r.conversation and l.account = r.account
                            and l.position > r.from_position)""")
                    .param(column(left, Membership::conversation))
                    .param(column(left, Membership::account))
                    .param(column(left, Membership::position))
                    .param(column(left, Membership::conversation))
                    .param(column(left, Membership::account))
                    .param(column(left, Membership::position))
                    .update();
        }
    }

    void name(Map<AccountId, Named> names) {
        if (!names.isEmpty()) {
            jdbc.sql("""
                    insert into notifications.account_name (account, name, position)
                    select * from unnest(?::uuid[], ?::text[], ?::bigint[])
                    on conflict (account) do update set name = excluded.name, position = excluded.position""")
                    .param(column(names.keySet(), Function.identity()))
                    .param(column(names.values(), Named::name))
                    .param(column(names.values(), Named::position))
                    .update();
        }
    }

    void title(Map<ConversationId, Named> titles) {
        if (!titles.isEmpty()) {
            jdbc.sql("""
                    insert into notifications.conversation_title (conversation, title, position)
                    select * from unnest(?::uuid[], ?::text[], ?::bigint[])
                    on conflict (conversation) do update set title = excluded.title, position = excluded.position""")
                    .param(column(titles.keySet(), Function.identity()))
                    .param(column(titles.values(), Named::name))
                    .param(column(titles.values(), Named::position))
                    .update();
        }
    }

    /// Forgets everything that stems from facts before a position: names, titles, memberships, and the
    /// devices and preferences of the accounts that were. What is from after it stays, whenever this is
    /// called: five tables, three round trips.
    void clear(long position) {
        jdbc.sql("""
                with gone as (delete from notifications.account_name where position < ? returning account),
                wishes as (delete from notifications.preference p using gone where gone.account = p.account)
                delete from notifications.device where (account, device) in (
                    select d.account, d.device from notifications.device d join gone using (account)
                    order by d.account, d.device for update of d)""").param(position).update();
        jdbc.sql("delete from notifications.conversation_title where position < ?")
                .param(position)
                .update();
        jdbc.sql("delete from notifications.recipient where from_position < ?")
                .param(position)
                .update();
    }

    /// Forgets the devices that sessions registered which are over.
    void close(List<SessionId> sessions) {
        if (!sessions.isEmpty()) {
            jdbc.sql("""
                    delete from notifications.device where (account, device) in (
                        select account, device from notifications.device where session = any(?::uuid[])
                        order by account, device for update)""").param(column(sessions, Function.identity())).update();
        }
    }

    /// The registered devices of members, past ones included as long as [#forget] leaves them.
    List<Candidate> candidates(Collection<ConversationId> conversations) {
        return jdbc.sql("""
                select r.conversation, d.account, d.device, r.from_position, r.to_position
                from notifications.recipient r join notifications.device d on d.account = r.account
                    and d.dropped_at is null
                where r.conversation = any(?::uuid[])""")
                .param(column(conversations, Function.identity()))
                .query((row, n) -> new Candidate(
                        new ConversationId(row.getObject(1, UUID.class)),
                        new DeviceKey(new AccountId(row.getObject(2, UUID.class)), row.getString(3)),
                        row.getLong(4),
                        row.getObject(5, Long.class)))
                .list();
    }

    /// Drops memberships that ended before a position that both readers have decided on.
    void forget(long position) {
        jdbc.sql("delete from notifications.recipient where to_position < ?")
                .param(position)
                .update();
    }
}
