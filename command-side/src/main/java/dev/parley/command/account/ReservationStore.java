package dev.parley.command.account;

import dev.parley.messages.AccountId;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.DependsOn;
import org.springframework.jdbc.core.RowMapper;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// The rows of `command_side.account` on their way from reserved to registered. The unique `username_folded` decides
/// who gets a name; `reserved_at` tells whether a reservation is still that of the caller.
@Component
@DependsOn("commandSideSchema")
class ReservationStore {

    private static final RowMapper<Pending> PENDING = (row, number) -> new Pending(
            new AccountId(row.getObject("account", UUID.class)),
            row.getString("password_hash"),
            row.getTimestamp("reserved_at").toInstant());

    private final JdbcClient jdbc;

    /// A reservation that somebody made and that is not registered.
    ///
    /// @param passwordHash null for an archived nick
    record Pending(AccountId account, @Nullable String passwordHash, Instant at) {}

    ReservationStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /// @return false where the name is reserved or registered
    boolean reserve(Reservation wanted) {
        return jdbc.sql("""
                insert into command_side.account
                (account, username, username_folded, password_hash, email, reserved_at)
                values (?, ?, ?, ?, ?, ?) on conflict (username_folded) do nothing""")
                        .param(wanted.account().value())
                        .param(wanted.username().text())
                        .param(wanted.username().folded())
                        .param(wanted.passwordHash())
                        .param(wanted.email())
                        .param(Timestamp.from(wanted.at()))
                        .update()
                == 1;
    }

    /// @return null where the name is free or registered
    @Nullable
    Pending findPending(String folded) {
        return jdbc.sql("""
                select account, password_hash, reserved_at from command_side.account
                where username_folded = ? and registered_at is null""").param(folded).query(PENDING).optional().orElse(null);
    }

    List<Pending> findPendingBefore(Instant instant, int limit) {
        return jdbc.sql("""
                select account, password_hash, reserved_at from command_side.account
                where registered_at is null and reserved_at < ? order by reserved_at limit ?""")
                .param(Timestamp.from(instant))
                .param(limit)
                .query(PENDING)
                .list();
    }

    /// Gives an abandoned reservation to another attempt. It keeps its account, so that a late event finds it.
    ///
    /// @return false where it has changed hands or was registered meanwhile
    boolean takeOver(Pending abandoned, Reservation by) {
        return jdbc.sql("""
                update command_side.account set username = ?, password_hash = ?, email = ?, reserved_at = ?
                where account = ? and reserved_at = ? and registered_at is null""")
                        .param(by.username().text())
                        .param(by.passwordHash())
                        .param(by.email())
                        .param(Timestamp.from(by.at()))
                        .param(abandoned.account().value())
                        .param(Timestamp.from(abandoned.at()))
                        .update()
                == 1;
    }

    /// @return false where the reservation of that time is no more
    boolean register(AccountId account, Instant reservedAt) {
        return jdbc.sql("""
                update command_side.account set registered_at = reserved_at
                where account = ? and reserved_at = ?""")
                        .param(account.value())
                        .param(Timestamp.from(reservedAt))
                        .update()
                == 1;
    }

    void release(AccountId account, Instant reservedAt) {
        jdbc.sql("""
                delete from command_side.account
                where account = ? and reserved_at = ? and registered_at is null""").param(account.value()).param(Timestamp.from(reservedAt)).update();
    }
}
