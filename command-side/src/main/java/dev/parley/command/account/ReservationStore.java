package dev.parley.command.account;

import dev.parley.command.era.Eras;
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
            row.getTimestamp("reserved_at").toInstant(),
            row.getString("archive") != null);

    private final JdbcClient jdbc;
    private final Eras eras;

    /// A reservation that somebody made and that is not registered.
    ///
    /// @param archived for the nick of an archive, whose import may go on at any time
    record Pending(AccountId account, Instant at, boolean archived) {}

    ReservationStore(JdbcClient jdbc, Eras eras) {
        this.jdbc = jdbc;
        this.eras = eras;
    }

    /// @return false where the name is reserved or registered
    /// @throws dev.parley.messages.RejectedException `unavailable` while the application is being cleared
    boolean reserve(Reservation wanted) {
        return eras.within(era -> jdbc.sql("""
                insert into command_side.account (account, username, username_folded, email, reserved_at)
                values (?, ?, ?, ?, ?) on conflict (username_folded) do nothing""")
                        .param(wanted.account().value())
                        .param(wanted.username().text())
                        .param(wanted.username().folded())
                        .param(wanted.email())
                        .param(Timestamp.from(wanted.at()))
                        .update()
                == 1);
    }

    /// @return null where the name is free, registered, or reserved by somebody who may still be at
    ///     it
    @Nullable
    Pending findAbandoned(String folded, Instant before) {
        return jdbc.sql("""
                select account, reserved_at, archive from command_side.account
                where username_folded = ? and registered_at is null and (given_up or reserved_at < ?)""")
                .param(folded)
                .param(Timestamp.from(before))
                .query(PENDING)
                .optional()
                .orElse(null);
    }

    /// Oldest first.
    ///
    /// @param after the last of the page before; null for the first page
    List<Pending> findPendingBefore(Instant instant, @Nullable Pending after, int limit) {
        return jdbc.sql("""
                select account, reserved_at, archive from command_side.account
                where registered_at is null and reserved_at < ? and (reserved_at, account) > (?, ?)
                order by reserved_at, account limit ?""")
                .param(Timestamp.from(instant))
                .param(Timestamp.from(after == null ? Instant.EPOCH : after.at()))
                .param(after == null ? new UUID(0, 0) : after.account().value())
                .param(limit)
                .query(PENDING)
                .list();
    }

    /// Gives an abandoned reservation to another attempt. It keeps its account, so that a late event finds it.
    ///
    /// @return false where it has changed hands or was registered meanwhile
    boolean takeOver(Pending abandoned, Reservation by) {
        return jdbc.sql("""
                update command_side.account
                set username = ?, password_hash = null, email = ?, reserved_at = ?, given_up = false
                where account = ? and reserved_at = ? and registered_at is null""")
                        .param(by.username().text())
                        .param(by.email())
                        .param(Timestamp.from(by.at()))
                        .param(abandoned.account().value())
                        .param(Timestamp.from(abandoned.at()))
                        .update()
                == 1;
    }

    /// Adds the hash and begins the time of the reservation anew.
    ///
    /// @return false where the reservation of that time is no more
    boolean fill(Reservation held, String passwordHash, Instant now) {
        return jdbc.sql("""
                update command_side.account set password_hash = ?, reserved_at = ?
                where account = ? and reserved_at = ? and registered_at is null""")
                        .param(passwordHash)
                        .param(Timestamp.from(now))
                        .param(held.account().value())
                        .param(Timestamp.from(held.at()))
                        .update()
                == 1;
    }

    /// @return false where the reservation of that time is no more
    boolean register(AccountId account, Instant reservedAt) {
        return jdbc.sql("""
                update command_side.account set registered_at = reserved_at, given_up = false
                where account = ? and reserved_at = ?""")
                        .param(account.value())
                        .param(Timestamp.from(reservedAt))
                        .update()
                == 1;
    }

    /// Frees the name, unless it is registered or in other hands.
    ///
    /// @return whether it did
    boolean release(AccountId account, Instant reservedAt) {
        return jdbc.sql("""
                delete from command_side.account
                where account = ? and reserved_at = ? and registered_at is null""")
                        .param(account.value())
                        .param(Timestamp.from(reservedAt))
                        .update()
                == 1;
    }

    /// Lets the next one who wants the name take it over at once.
    void giveUp(AccountId account, Instant reservedAt) {
        jdbc.sql("""
                update command_side.account set given_up = true
                where account = ? and reserved_at = ? and registered_at is null""").param(account.value()).param(Timestamp.from(reservedAt)).update();
    }

    /// Whether the account has a row, reserved or registered.
    boolean exists(AccountId account) {
        return jdbc.sql("select exists (select from command_side.account where account = ?)")
                .param(account.value())
                .query(Boolean.class)
                .single();
    }
}
