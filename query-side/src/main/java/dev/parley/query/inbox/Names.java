package dev.parley.query.inbox;

import dev.parley.messages.AccountId;
import dev.parley.query.QuerySideSchema;
import java.util.Collection;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// What accounts are called now.
@Component
public class Names {

    private final JdbcClient jdbc;

    Names(JdbcClient jdbc, QuerySideSchema schema) {
        this.jdbc = jdbc;
    }

    /// @param accounts a page's worth; read in one go
    /// @return without the accounts that are not projected yet
    public Map<AccountId, String> usernames(Collection<AccountId> accounts) {
        UUID[] keys = accounts.stream().map(AccountId::value).distinct().toArray(UUID[]::new);
        if (keys.length == 0) {
            return Map.of();
        }
        record Named(AccountId account, String username) {}
        return jdbc
                .sql("select id, username from query_side.account where id = any (?)")
                .param(keys)
                .query((row, n) -> new Named(new AccountId(row.getObject(1, UUID.class)), row.getString(2)))
                .list()
                .stream()
                .collect(Collectors.toMap(Named::account, Named::username));
    }
}
