package dev.parley.notifications.device;

import dev.parley.messages.AccountId;
import dev.parley.messages.SessionId;
import dev.parley.messages.query.DroppedTokens.Dropped;
import dev.parley.notifications.NotificationsConfiguration.NotificationsSchema;
import dev.parley.notifications.NotificationsProperties;
import dev.parley.notifications.device.DeviceView.DroppedToken;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/// Registered devices in `notifications.device`. Thread-safe; several nodes may use it at once: [RegistrationLocks]
/// says
/// in which order rows are locked.
@Component
public class DeviceStore {

    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;
    private final RegistrationLocks locks;
    private final Clock clock;
    private final int most;

    DeviceStore(
            JdbcClient jdbc,
            PlatformTransactionManager transactions,
            NotificationsProperties properties,
            Clock clock,
            NotificationsSchema schema) {
        this.jdbc = jdbc;
        this.transaction = new TransactionTemplate(transactions);
        this.locks = new RegistrationLocks(jdbc);
        this.clock = clock;
        this.most = properties.devicesPerAccount();
    }

    /// Registers or refreshes a device. The token leaves whatever device had it; an account with too many devices
    /// forgets those that were registered longest ago. A mark that the token was dropped goes, and so does what is
    /// known about the badge.
    ///
    /// @param session it goes with; null for none
    public void register(AccountId account, String device, PushTarget target, @Nullable SessionId session) {
        byte[] hash = sha256(target.token());
        transaction.executeWithoutResult(status -> {
            locks.take(account, target.platform(), hash);
            jdbc.sql("""
                    delete from notifications.device
                    where platform = ? and token_hash = ? and (account, device) <> (?, ?)""")
                    .params(target.platform().text(), hash, account.value(), device)
                    .update();
            put(account, device, target, session);
            jdbc.sql("""
                    delete from notifications.device where account = ? and device in (
                        select device from notifications.device where account = ? and device <> ?
                        order by updated_at desc, device offset ?)""")
                    .params(account.value(), account.value(), device, most - 1)
                    .update();
        });
    }

    private void put(AccountId account, String device, PushTarget target, @Nullable SessionId session) {
        ApnsEnvironment environment = target.environment();
        jdbc.sql("""
                insert into notifications.device (account, device, platform, token, token_hash, topic, environment,
                    updated_at, session)
                values (?, ?, ?, ?, ?, ?, ?, ?, ?)
                on conflict (account, device) do update set platform = excluded.platform, token = excluded.token,
                    token_hash = excluded.token_hash, topic = excluded.topic, environment = excluded.environment,
                    updated_at = excluded.updated_at, dropped_at = null, dropped_reason = null, badge = null,
                    badge_cursor = null, session = excluded.session""")
                .param(account.value())
                .param(device)
                .param(target.platform().text())
                .param(target.token())
                .param(sha256(target.token()))
                .param(target.topic())
                .param(environment == null ? null : environment.text())
                .param(at(target.registered()))
                .param(session == null ? null : session.value())
                .update();
    }

    /// Forgets a device; one that is unknown is forgotten already.
    public void remove(AccountId account, String device) {
        jdbc.sql("delete from notifications.device where account = ? and device = ?")
                .params(account.value(), device)
                .update();
    }

    /// Marks a token that its push service knows no more: nothing is sent to it until it is registered anew, and the
    /// app is told at its next `hello`.
    ///
    /// @param reason the service's word
    /// @param since when the service dropped it: a later registration stays; null where the service does not say
    /// @return false if the token is good still, because it was registered again since
    public boolean dropToken(Platform platform, String token, String reason, @Nullable Instant since) {
        byte[] hash = sha256(token);
        OffsetDateTime dropped = at(clock.instant());
        jdbc.sql("""
                update notifications.device set dropped_at = ?, dropped_reason = ?
                where platform = ? and token_hash = ? and dropped_at is null
                and (?::timestamptz is null or updated_at <= ?::timestamptz)""")
                .param(dropped)
                .param(reason)
                .param(platform.text())
                .param(hash)
                .param(since == null ? null : at(since))
                .param(since == null ? null : at(since))
                .update();
        return !jdbc.sql("""
                        select exists(select 1 from notifications.device
                            where platform = ? and token_hash = ? and dropped_at is null)""").params(platform.text(), hash).query(Boolean.class).single();
    }

    /// An account's devices, by name, without their tokens.
    List<DeviceView> list(AccountId account) {
        return jdbc.sql("""
                select device, platform, environment, topic, updated_at, dropped_reason, dropped_at
                from notifications.device where account = ? order by device""")
                .param(account.value())
                .query((row, n) -> {
                    Instant dropped = instant(row, "dropped_at");
                    return new DeviceView(
                            row.getString("device"),
                            row.getString("platform"),
                            row.getString("environment"),
                            row.getString("topic"),
                            row.getObject("updated_at", OffsetDateTime.class).toInstant(),
                            dropped == null ? null : new DroppedToken(row.getString("dropped_reason"), dropped));
                })
                .list();
    }

    /// The devices of these accounts that cannot be pushed to until they are registered anew.
    List<Dropped> dropped(Collection<AccountId> accounts) {
        return jdbc.sql("""
                select account, device, dropped_reason, dropped_at from notifications.device
                where account = any(?) and dropped_at is not null""")
                .param(accounts.stream().map(AccountId::value).toArray(UUID[]::new))
                .query((row, n) -> new Dropped(
                        new AccountId(row.getObject("account", UUID.class)),
                        row.getString("device"),
                        row.getString("dropped_reason"),
                        row.getObject("dropped_at", OffsetDateTime.class).toInstant()))
                .list();
    }

    private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        OffsetDateTime at = row.getObject(column, OffsetDateTime.class);
        return at == null ? null : at.toInstant();
    }

    private static OffsetDateTime at(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }

    private static byte[] sha256(String token) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }
}
