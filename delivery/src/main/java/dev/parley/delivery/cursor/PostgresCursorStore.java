package dev.parley.delivery.cursor;

import dev.parley.messages.AccountId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/// The table `delivery.cursor`.
public final class PostgresCursorStore implements CursorStore {

    private final JdbcClient jdbc;

    public PostgresCursorStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /// Rows are taken in the order of the key, so that two nodes never wait for each other in a circle. A position from
    /// before the application was cleared is none of a device that is: it is left out.
    @Override
    public void advance(Map<DeviceKey, Long> positions) {
        if (positions.isEmpty()) {
            return;
        }
        List<Map.Entry<DeviceKey, Long>> rows = List.copyOf(positions.entrySet());
        jdbc.sql("""
                        insert into delivery.cursor (account, device, position)
                        select * from unnest(:accounts, :devices, :positions) as moved (account, device, position)
                        where moved.position >= (select coalesce(max(cleared.position), -1) from delivery.cleared)
                        order by account, device
                        on conflict (account, device) do update set position = excluded.position
                        where delivery.cursor.position < excluded.position
                        """)
                .param(
                        "accounts",
                        rows.stream().map(row -> row.getKey().account().value()).toArray(UUID[]::new))
                .param(
                        "devices",
                        rows.stream().map(row -> row.getKey().device()).toArray(String[]::new))
                .param("positions", rows.stream().map(Map.Entry::getValue).toArray(Long[]::new))
                .update();
    }

    @Override
    public Map<DeviceKey, Long> of(Set<AccountId> accounts) {
        Map<DeviceKey, Long> found = new HashMap<>();
        jdbc.sql("select account, device, position from delivery.cursor where account = any(:accounts)")
                .param("accounts", accounts.stream().map(AccountId::value).toArray(UUID[]::new))
                .query(row -> {
                    AccountId account = new AccountId(row.getObject("account", UUID.class));
                    found.put(new DeviceKey(account, row.getString("device")), row.getLong("position"));
                });
        return found;
    }
}
