package dev.parley.delivery.presence;

import dev.parley.delivery.DeliveryProperties;
import dev.parley.delivery.signal.Signal.PresenceChanged;
import dev.parley.delivery.signal.SignalNotifier;
import dev.parley.messages.AccountId;
import dev.parley.messages.ConversationId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionOperations;

/// The tables `delivery.presence`, `delivery.claim`, `delivery.node` and `delivery.membership`. Rows are locked as
/// [PostgresClaimStore] says.
final class PostgresPresenceStore implements PresenceStore {

    private static final int MAX_BATCH = 500;

    private final JdbcClient jdbc;
    private final TransactionOperations transactions;
    private final SignalNotifier notifier;
    private final DeliveryProperties.Presence times;

    PostgresPresenceStore(
            JdbcClient jdbc,
            TransactionOperations transactions,
            SignalNotifier notifier,
            DeliveryProperties.Presence times) {
        this.jdbc = jdbc;
        this.transactions = transactions;
        this.notifier = notifier;
        this.times = times;
    }

    /// Commonly all nodes live, and nothing else is looked at. The last sign of life of its node is the last that is
    /// known of an account; it had its grace since.
    @Override
    public boolean reap() {
        boolean dead = jdbc.sql("""
                        select exists (select 1 from delivery.node
                        where seen <= now() - :dead * interval '1 millisecond')
                        """)
                .param("dead", times.dead().toMillis())
                .query(Boolean.class)
                .single();
        return dead && reapDead();
    }

    private boolean reapDead() {
        int removed = jdbc.sql("""
                        with dead as (
                            select c.account, c.device, n.seen from delivery.claim c
                            join delivery.node n on n.id = c.node
                            where n.seen <= now() - :dead * interval '1 millisecond'
                            order by c.account, c.device limit :most for update of c skip locked),
                        gone as (
                            delete from delivery.claim c using dead d
                            where c.account = d.account and c.device = d.device returning c.account, d.seen),
                        left_behind as (
                            select account from delivery.presence where account in (select account from gone)
                            order by account for update),
                        moved as (
                            update delivery.presence p set at = greatest(p.at, g.seen), due = now()
                            from (select account, max(seen) as seen from gone group by account) as g
                            join left_behind using (account)
                            where p.account = g.account)
                        select count(*) from gone
                        """)
                .param("dead", times.dead().toMillis())
                .param("most", MAX_BATCH)
                .query(Integer.class)
                .single();
        if (removed == 0) {
            jdbc.sql("""
                            delete from delivery.node n where n.seen < now() - interval '10 minutes'
                              and not exists (select 1 from delivery.claim c where c.node = n.id)
                            """).update();
        }
        return removed == MAX_BATCH;
    }

    @Override
    public boolean sweep() {
        return Boolean.TRUE.equals(transactions.execute(transaction -> {
            List<PresenceChanged> gone = new ArrayList<>();
            int[] seen = new int[1];
            jdbc.sql("""
                            with due as (
                                select account from delivery.presence where due <= now()
                                order by account limit :most for update skip locked)
                            update delivery.presence p
                            set due = null,
                                online = exists (select 1 from delivery.claim c where c.account = p.account)
                            from due where p.account = due.account
                            returning p.account, p.online, p.at
                            """).param("most", MAX_BATCH).query(row -> {
                seen[0]++;
                if (!row.getBoolean("online")) {
                    gone.add(new PresenceChanged(account(row), false, instant(row, "at")));
                }
            });
            notifier.announce(gone);
            return seen[0] == MAX_BATCH;
        }));
    }

    @Override
    public List<Present> members(ConversationId conversation, @Nullable AccountId after, int limit) {
        return jdbc.sql("""
                        select m.account, p.at, coalesce(p.due > now(), false) or exists (
                            select 1 from delivery.claim c join delivery.node n on n.id = c.node
                            where c.account = m.account
                              and n.seen > now() - :dead * interval '1 millisecond') as online
                        from delivery.membership m left join delivery.presence p on p.account = m.account
                        where m.conversation = :conversation and m.to_position is null
                          and (cast(:after as uuid) is null or m.account > :after)
                        order by m.account limit :limit
                        """)
                .param("dead", times.dead().toMillis())
                .param("conversation", conversation.value())
                .param("after", after == null ? null : after.value())
                .param("limit", limit)
                .query((row, number) -> {
                    boolean online = row.getBoolean("online");
                    return new Present(account(row), online, online ? null : instant(row, "at"));
                })
                .list();
    }

    @Override
    public boolean isMember(ConversationId conversation, AccountId account) {
        return jdbc.sql("""
                        select exists (select 1 from delivery.membership
                        where conversation = :conversation and account = :account and to_position is null)
                        """)
                .param("conversation", conversation.value())
                .param("account", account.value())
                .query(Boolean.class)
                .single();
    }

    @Override
    public Map<AccountId, List<ConversationId>> conversations(Set<AccountId> accounts, int most) {
        Map<AccountId, List<ConversationId>> found = new HashMap<>();
        jdbc.sql("""
                        select a.account, m.conversation from unnest(:accounts) as a (account)
                        cross join lateral (select conversation from delivery.membership
                            where account = a.account and to_position is null limit :most) as m
                        """)
                .param("accounts", accounts.stream().map(AccountId::value).toArray(UUID[]::new))
                .param("most", most)
                .query(row -> {
                    found.computeIfAbsent(account(row), none -> new ArrayList<>())
                            .add(new ConversationId(row.getObject("conversation", UUID.class)));
                });
        return found;
    }

    private static AccountId account(ResultSet row) throws SQLException {
        return new AccountId(row.getObject("account", UUID.class));
    }

    private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        Timestamp time = row.getTimestamp(column);
        return time == null ? null : time.toInstant();
    }
}
