package dev.parley.messages.account;

import dev.parley.messages.AccountId;
import dev.parley.messages.Fact;
import dev.parley.messages.Role;
import dev.parley.messages.StoredName;
import java.time.Instant;
import org.axonframework.serialization.Revision;
import org.jspecify.annotations.Nullable;

/// Facts about one account, in the order they happened. Never a password hash, an e-mail address or a token.
public sealed interface AccountEvent extends Fact {

    AccountId account();

    /// @param username unique when case is ignored, NFC
    /// @param displayName what others are shown
    /// @param archive the imported archive whose nick this is, without a password; null for a person who registered
    @StoredName("AccountRegistered")
    @Revision("1")
    record AccountRegistered(
            AccountId account,
            String username,
            String displayName,
            @Nullable String archive,
            Instant at) implements AccountEvent {}

    /// @param by the admin; the account itself where the configuration names the first admin
    @StoredName("RoleGranted")
    @Revision("1")
    record RoleGranted(AccountId account, Role role, AccountId by, Instant at) implements AccountEvent {}

    @StoredName("RoleWithdrawn")
    @Revision("1")
    record RoleWithdrawn(AccountId account, Role role, AccountId by, Instant at) implements AccountEvent {}
}
