package dev.parley.notifications.device;

import dev.parley.messages.AccountId;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/// Keeps registrations that touch the same token or account apart, until the end of their transactions, without a
/// deadlock. A registration touches the rows of its account and of the account that has the token, and takes in this
/// order:
///
/// ```
/// 1. the token             from now on nobody else becomes its owner
/// 2. both accounts         by their keys; nobody else registers a device of theirs
/// 3. the rows of both      by (account, device): who writes several rows elsewhere locks them in the same order
/// ```
final class RegistrationLocks {

    private final JdbcClient jdbc;

    RegistrationLocks(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /// Within a transaction of isolation `read committed`.
    void take(AccountId account, Platform platform, byte[] tokenHash) {
        jdbc.sql("select pg_advisory_xact_lock(hashtextextended('parley push token ' || ? || encode(?, 'hex'), 0))")
                .params(platform.text(), tokenHash)
                .query(row -> {});
        UUID[] accounts = jdbc.sql("""
                select account from notifications.device where platform = ? and token_hash = ?
                union select ?""")
                .params(platform.text(), tokenHash, account.value())
                .query(UUID.class)
                .list()
                .toArray(UUID[]::new);
        jdbc.sql("""
                select pg_advisory_xact_lock(key) from (
                    select distinct hashtextextended('parley push account ' || account, 0) as key
                    from unnest(?) as account order by key) as keys""").param(accounts).query(row -> {});
        jdbc.sql("""
                select 1 from notifications.device where account = any(?)
                order by account, device for update""").param(accounts).query(row -> {});
    }
}
