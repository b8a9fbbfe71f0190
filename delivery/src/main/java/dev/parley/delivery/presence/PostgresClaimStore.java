package dev.parley.delivery.presence;

import dev.parley.delivery.cursor.DeviceKey;
import dev.parley.delivery.signal.NodeId;
import dev.parley.delivery.signal.Signal;
import dev.parley.delivery.signal.SignalNotifier;
import dev.parley.messages.AccountId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionOperations;

/// The table `delivery.claim`, and what it means for `delivery.presence`.
///
/// Every writer locks claims before presences, and each in the order of the key, so that no two wait for each other in
/// a circle. A claim's number is the time its socket was opened, in microseconds by the clock of PostgreSQL, which is
/// the
/// same for all nodes; a row's number only rises.
final class PostgresClaimStore implements ClaimStore {

    /// What another node's clock may be wrong by, in microseconds, with time to spare.
    private static final long MARGIN = 50_000;

    private final JdbcClient jdbc;
    private final DatabaseClock clock;
    private final TransactionOperations transactions;
    private final SignalNotifier notifier;
    private final NodeId self;

    PostgresClaimStore(JdbcClient jdbc, TransactionOperations transactions, SignalNotifier notifier, NodeId self) {
        this.jdbc = jdbc;
        this.clock = new DatabaseClock(jdbc, transactions);
        this.transactions = transactions;
        this.notifier = notifier;
        this.self = self;
    }

    @Override
    public List<Claim> claim(Collection<Wanted> wanted) {
        Long[] numbers =
                wanted.stream().map(each -> clock.micros(each.opened())).toArray(Long[]::new);
        return transactions.execute(transaction -> {
            List<Signal> signals = new ArrayList<>();
            List<Claim> claims = take(wanted, numbers, signals);
            arrive(claims, signals);
            notifier.announce(signals);
            return claims;
        });
    }

    private List<Claim> take(Collection<Wanted> wanted, Long[] numbers, List<Signal> signals) {
        return jdbc.sql("""
                        insert into delivery.claim as c (account, device, node, number, position)
                        select w.account, w.device, cast(:node as uuid),
                          w.number, w.position
                        from (select * from unnest(:accounts, :devices, :positions, :numbers)
                                as w (account, device, position, number)
                              where w.position >= (select coalesce(max(position), -1) from delivery.cleared)
                                and exists (select 1 from delivery.node where id = :node)
                              order by w.account, w.device) as w
                        on conflict (account, device) do update
                        set node = excluded.node, number = excluded.number, position = excluded.position,
                            replaced = c.node
                        where c.number < excluded.number
                        returning account, device, number, position, replaced
                        """)
                .param("node", self.value())
                .param("accounts", accounts(wanted.stream().map(Wanted::device).toList()))
                .param("devices", devices(wanted.stream().map(Wanted::device).toList()))
                .param("positions", wanted.stream().map(Wanted::position).toArray(Long[]::new))
                .param("numbers", numbers)
                .query((row, number) -> {
                    Claim claim = claim(row);
                    UUID replaced = row.getObject("replaced", UUID.class);
                    if (replaced != null && !replaced.equals(self.value())) {
                        signals.add(new Signal.DeviceClaimed(claim.device(), claim.number()));
                    }
                    return claim;
                })
                .list();
    }

    /// Writes only for accounts that were not online, or about to be gone.
    private void arrive(Collection<Claim> claims, List<Signal> signals) {
        jdbc.sql("""
                        insert into delivery.presence as p (account, online, position)
                        select account, true, max(position) from unnest(:accounts, :positions) as c (account, position)
                        group by account order by account
                        on conflict (account) do update
                        set online = true, was_online = p.online, due = null,
                            position = greatest(p.position, excluded.position)
                        where not p.online or p.due is not null
                        returning account, was_online
                        """)
                .param("accounts", accounts(claims.stream().map(Claim::device).toList()))
                .param("positions", claims.stream().map(Claim::position).toArray(Long[]::new))
                .query(row -> {
                    if (!row.getBoolean("was_online")) {
                        AccountId account = new AccountId(row.getObject("account", UUID.class));
                        signals.add(new Signal.PresenceChanged(account, true, null));
                    }
                });
    }

    @Override
    public void release(Collection<Claim> claims, Duration grace) {
        jdbc.sql("""
                        with given as (
                            select c.account, c.device from delivery.claim c
                            join unnest(:accounts, :devices, :numbers) as g (account, device, number)
                              using (account, device, number)
                            order by c.account, c.device for update of c),
                        gone as (
                            delete from delivery.claim c using given g
                            where c.account = g.account and c.device = g.device returning c.account),
                        left_behind as (
                            select account from delivery.presence where account in (select account from gone)
                            order by account for update)
                        update delivery.presence p
                        set at = now(), due = now() + :grace * interval '1 millisecond'
                        from left_behind l where p.account = l.account
                        """)
                .param("accounts", accounts(claims.stream().map(Claim::device).toList()))
                .param("devices", devices(claims.stream().map(Claim::device).toList()))
                .param("numbers", claims.stream().map(Claim::number).toArray(Long[]::new))
                .param("grace", grace.toMillis())
                .update();
    }

    @Override
    public Map<DeviceKey, Long> numbers(Collection<DeviceKey> devices) {
        Map<DeviceKey, Long> numbers = HashMap.newHashMap(devices.size());
        jdbc.sql("""
                        select account, device, number, position from delivery.claim
                        join unnest(:accounts, :devices) as d (account, device) using (account, device)
                        """)
                .param("accounts", accounts(devices))
                .param("devices", devices(devices))
                .query(row -> {
                    Claim claim = claim(row);
                    numbers.put(claim.device(), claim.number());
                });
        return numbers;
    }

    @Override
    public Set<DeviceKey> newer(Collection<Wanted> refused) {
        Map<DeviceKey, Long> numbers =
                numbers(refused.stream().map(Wanted::device).toList());
        long margin = clock.doubt() + MARGIN;
        return refused.stream()
                .filter(each -> {
                    Long number = numbers.get(each.device());
                    return number != null && number - clock.micros(each.opened()) > margin;
                })
                .map(Wanted::device)
                .collect(Collectors.toUnmodifiableSet());
    }

    @Override
    public void restore(Collection<Claim> claims) {
        transactions.executeWithoutResult(transaction -> {
            List<Claim> restored = jdbc.sql("""
                            insert into delivery.claim as c (account, device, node, number, position)
                            select r.account, r.device, cast(:node as uuid), r.number, r.position
                            from unnest(:accounts, :devices, :numbers, :positions)
                              as r (account, device, number, position)
                            where r.position >= (select coalesce(max(position), -1) from delivery.cleared)
                            order by r.account, r.device
                            on conflict (account, device) do update
                            set node = excluded.node, number = excluded.number
                            where c.number < excluded.number
                            returning account, device, number, position
                            """)
                    .param("node", self.value())
                    .param(
                            "accounts",
                            accounts(claims.stream().map(Claim::device).toList()))
                    .param("devices", devices(claims.stream().map(Claim::device).toList()))
                    .param("numbers", claims.stream().map(Claim::number).toArray(Long[]::new))
                    .param("positions", claims.stream().map(Claim::position).toArray(Long[]::new))
                    .query((row, number) -> claim(row))
                    .list();
            List<Signal> signals = new ArrayList<>();
            arrive(restored, signals);
            notifier.announce(signals);
        });
    }

    @Override
    public List<Claim> ours() {
        return jdbc.sql("select account, device, number, position from delivery.claim where node = :node")
                .param("node", self.value())
                .query((row, number) -> claim(row))
                .list();
    }

    private static Claim claim(ResultSet row) throws SQLException {
        DeviceKey device = new DeviceKey(new AccountId(row.getObject("account", UUID.class)), row.getString("device"));
        return new Claim(device, row.getLong("number"), row.getLong("position"));
    }

    private static UUID[] accounts(Collection<DeviceKey> devices) {
        return devices.stream().map(device -> device.account().value()).toArray(UUID[]::new);
    }

    private static String[] devices(Collection<DeviceKey> devices) {
        return devices.stream().map(DeviceKey::device).toArray(String[]::new);
    }
}
