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
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.DependsOn;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// The table `command_side.session`.
@Component
@DependsOn("commandSideSchema")
class SessionStore {

    private final JdbcClient jdbc;

    /// A session and when its token was last seen.
    record Used(Session session, Instant lastUsed) {}

    SessionStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    void open(UUID id, String tokenHash, AccountId account, Instant now) {
        jdbc.sql("""
                insert into command_side.session (id, token_hash, account, opened_at, last_used_at)
                values (?, ?, ?, ?, ?)""")
                .param(id)
                .param(tokenHash)
                .param(account.value())
                .param(Timestamp.from(now))
                .param(Timestamp.from(now))
                .update();
    }

    /// With the roles the account holds now.
    ///
    /// @return null for a token that is unknown or was last used before the given time
    @Nullable
    Used find(String tokenHash, Instant notBefore) {
        return jdbc.sql("""
                select s.id, s.account, a.username, s.last_used_at,
                    array(select r.role from command_side.account_role r where r.account = s.account and r.held) roles
                from command_side.session s join command_side.account a on a.account = s.account
                where s.token_hash = ? and s.last_used_at >= ?""")
                .param(tokenHash)
                .param(Timestamp.from(notBefore))
                .query((row, number) -> used(row))
                .optional()
                .orElse(null);
    }

    void touch(UUID id, Instant now) {
        jdbc.sql("update command_side.session set last_used_at = ? where id = ?")
                .param(Timestamp.from(now))
                .param(id)
                .update();
    }

    void end(String tokenHash) {
        jdbc.sql("delete from command_side.session where token_hash = ?")
                .param(tokenHash)
                .update();
    }

    /// @param limit at most so many rows
    void removeUnusedSince(Instant instant, int limit) {
        jdbc.sql("""
                delete from command_side.session where id in
                (select id from command_side.session where last_used_at < ? limit ? for update skip locked)""").param(Timestamp.from(instant)).param(limit).update();
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
