package dev.parley.command.session;

import dev.parley.messages.AccountId;
import dev.parley.messages.Role;
import dev.parley.messages.SessionId;
import dev.parley.messages.query.Session;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.DependsOn;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// Rows of `command_side.session` while they are good; see [EndingStore] for their end.
@Component
@DependsOn("commandSideSchema")
class SessionStore {

    private final JdbcClient jdbc;

    /// A session and when its token was last seen.
    record Used(Session session, Instant lastUsed) {}

    SessionStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /// @return false where there is no such account any more
    boolean open(SessionId id, String tokenHash, AccountId account, @Nullable String client, Instant now) {
        return jdbc.sql("""
                insert into command_side.session (id, token_hash, account, client, opened_at, last_used_at)
                select ?, ?, account, ?, ?, ? from command_side.account
                where account = ? and registered_at is not null""")
                        .param(id.value())
                        .param(tokenHash)
                        .param(client)
                        .param(Timestamp.from(now))
                        .param(Timestamp.from(now))
                        .param(account.value())
                        .update()
                == 1;
    }

    /// With the roles the account holds now.
    ///
    /// @return null for a token that is unknown, ended or was last used before the given time
    @Nullable
    Used find(String tokenHash, Instant notBefore) {
        return jdbc.sql("""
                select s.id, s.account, a.username, s.last_used_at,
                    array(select r.role from command_side.account_role r where r.account = s.account and r.held) roles
                from command_side.session s join command_side.account a on a.account = s.account
                where s.token_hash = ? and s.last_used_at >= ? and s.ending is null""")
                .param(tokenHash)
                .param(Timestamp.from(notBefore))
                .query((row, number) -> used(row))
                .optional()
                .orElse(null);
    }

    void touch(SessionId id, Instant now) {
        jdbc.sql("update command_side.session set last_used_at = ? where id = ? and ending is null")
                .param(Timestamp.from(now))
                .param(id.value())
                .update();
    }

    /// Those of an account that are good, newest first.
    ///
    /// @param currentHash of the token that asks; null where there is none
    List<SessionView> list(
            AccountId account, @Nullable String currentHash, Instant notBefore, SessionPage.Start start, int limit) {
        return jdbc.sql("""
                select id, opened_at, last_used_at, client, token_hash is not distinct from ?::text current
                from command_side.session
                where account = ? and last_used_at >= ? and ending is null and (opened_at, id) < (?, ?)
                order by opened_at desc, id desc limit ?""")
                .param(currentHash)
                .param(account.value())
                .param(Timestamp.from(notBefore))
                .param(Timestamp.from(start.openedAt()))
                .param(start.id())
                .param(limit)
                .query((row, number) -> new SessionView(
                        new SessionId(row.getObject("id", UUID.class)),
                        row.getTimestamp("opened_at").toInstant(),
                        row.getTimestamp("last_used_at").toInstant(),
                        row.getString("client"),
                        row.getBoolean("current")))
                .list();
    }

    private static Used used(ResultSet row) throws SQLException {
        Set<Role> roles = EnumSet.of(Role.USER);
        for (String role : (String[]) row.getArray("roles").getArray()) {
            roles.add(Role.valueOf(role));
        }
        Session session = new Session(
                new SessionId(row.getObject("id", UUID.class)),
                new AccountId(row.getObject("account", UUID.class)),
                row.getString("username"),
                roles);
        return new Used(session, row.getTimestamp("last_used_at").toInstant());
    }
}
