package dev.parley.command.account;

import dev.parley.command.dispatch.WrittenText;
import dev.parley.messages.AccountId;
import dev.parley.messages.RejectedException;
import dev.parley.messages.Rejection;
import dev.parley.messages.RejectionCode;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.DependsOn;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// Finds registered accounts by name and names by account. Thread-safe; one query a call.
@Component
@DependsOn("commandSideSchema")
public class AccountDirectory {

    private final JdbcClient jdbc;

    /// What a login needs.
    ///
    /// @param passwordHash null for an archived nick, which nobody logs in as
    public record Credentials(
            AccountId account, String username, @Nullable String passwordHash) {

        /// Without the hash.
        @Override
        public String toString() {
            return "Credentials[account=" + account + "]";
        }
    }

    AccountDirectory(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /// @return null for a name that no registered account bears
    public @Nullable Credentials credentials(String username) {
        if (!WrittenText.isStorable(username)) {
            return null;
        }
        return jdbc.sql("""
                select account, username, password_hash from command_side.account
                where username_folded = ? and registered_at is not null""")
                .param(Username.fold(username))
                .query((row, number) -> new Credentials(
                        new AccountId(row.getObject(1, UUID.class)), row.getString(2), row.getString(3)))
                .optional()
                .orElse(null);
    }

    /// @param field what the caller calls it
    /// @param named an account's id or a user name: some names do not survive as part of a path, an id
    ///     always does, and where a name looks like an id it counts as one
    /// @throws RejectedException `not-found` with the field
    public AccountId account(String field, String named) {
        AccountId id = registered(named);
        return id == null ? accounts(field, List.of(named)).getFirst() : id;
    }

    /// @param field what the caller calls the names
    /// @return in the order of the names
    /// @throws RejectedException `not-found` with the field, for the first name that nobody bears
    public List<AccountId> accounts(String field, List<String> usernames) {
        Map<String, AccountId> found = new HashMap<>();
        jdbc.sql("""
                select username_folded, account from command_side.account
                where username_folded = any(?) and registered_at is not null""")
                .param(usernames.stream()
                        .filter(WrittenText::isStorable)
                        .map(Username::fold)
                        .distinct()
                        .toArray(String[]::new))
                .query(row -> {
                    found.put(row.getString(1), new AccountId(row.getObject(2, UUID.class)));
                });
        return usernames.stream().map(name -> require(found, field, name)).toList();
    }

    /// @return names of those of the accounts that are registered
    public Map<AccountId, String> usernames(Collection<AccountId> accounts) {
        Map<AccountId, String> found = new HashMap<>();
        jdbc.sql("""
                select account, username from command_side.account
                where account = any(?::text[]::uuid[]) and registered_at is not null""")
                .param(accounts.stream().map(AccountId::toString).distinct().toArray(String[]::new))
                .query(row -> {
                    found.put(new AccountId(row.getObject(1, UUID.class)), row.getString(2));
                });
        return found;
    }

    private @Nullable AccountId registered(String id) {
        try {
            AccountId account = AccountId.of(id);
            return usernames(List.of(account)).containsKey(account) ? account : null;
        } catch (IllegalArgumentException name) {
            return null;
        }
    }

    private static AccountId require(Map<String, AccountId> found, String field, String username) {
        AccountId account = found.get(Username.fold(username));
        if (account == null) {
            throw new RejectedException(
                    new Rejection(RejectionCode.NOT_FOUND, "There is no account '" + username + "'", field));
        }
        return account;
    }
}
