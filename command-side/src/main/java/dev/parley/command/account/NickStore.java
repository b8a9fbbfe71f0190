package dev.parley.command.account;

import dev.parley.messages.AccountId;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.context.annotation.DependsOn;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// Rows of `command_side.account` for the nicks of archives, many in one statement.
@Component
@DependsOn("commandSideSchema")
class NickStore {

    private final JdbcClient jdbc;

    NickStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /// Reserves those of the names that are not reserved yet.
    void reserve(String archive, Map<AccountId, Username> nicks, Instant now) {
        List<Map.Entry<AccountId, Username>> rows = List.copyOf(nicks.entrySet());
        jdbc.sql("""
                insert into command_side.account (account, username, username_folded, archive, reserved_at)
                select account, username, folded, ?, ?
                from unnest(?::text[]::uuid[], ?::text[], ?::text[]) as nick (account, username, folded)
                on conflict do nothing""")
                .param(archive)
                .param(Timestamp.from(now))
                .param(rows.stream().map(row -> row.getKey().toString()).toArray(String[]::new))
                .param(rows.stream().map(row -> row.getValue().text()).toArray(String[]::new))
                .param(rows.stream().map(row -> row.getValue().folded()).toArray(String[]::new))
                .update();
    }

    /// @return for each of the accounts that has a row whether it is registered
    Map<AccountId, Boolean> registered(Collection<AccountId> accounts) {
        Map<AccountId, Boolean> found = new HashMap<>();
        jdbc.sql("""
                select account, registered_at is not null from command_side.account
                where account = any(?::text[]::uuid[])""").param(texts(accounts)).query(row -> {
            found.put(new AccountId(row.getObject(1, UUID.class)), row.getBoolean(2));
        });
        return found;
    }

    void register(Collection<AccountId> accounts, Instant now) {
        jdbc.sql("""
                update command_side.account set registered_at = ?
                where account = any(?::text[]::uuid[]) and registered_at is null""").param(Timestamp.from(now)).param(texts(accounts)).update();
    }

    private static String[] texts(Collection<AccountId> accounts) {
        return accounts.stream().map(AccountId::toString).toArray(String[]::new);
    }
}
