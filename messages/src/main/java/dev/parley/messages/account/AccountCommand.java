package dev.parley.messages.account;

import dev.parley.messages.AccountId;
import dev.parley.messages.Role;
import java.time.Instant;
import org.axonframework.modelling.command.TargetAggregateIdentifier;
import org.jspecify.annotations.Nullable;

/// Requests to change one account. `at` is the caller's clock: aggregates have none.
public sealed interface AccountCommand {

    AccountId account();

    /// Records an account whose user name was reserved before. Repeated for the same account it changes nothing.
    record RegisterAccount(
            @TargetAggregateIdentifier AccountId account,
            String username,
            String displayName,
            @Nullable String archive,
            Instant at)
            implements AccountCommand {}

    /// Granting a role that is held changes nothing.
    record GrantRole(@TargetAggregateIdentifier AccountId account, Role role, AccountId by, Instant at)
            implements AccountCommand {}

    /// Withdrawing a role that is not held changes nothing.
    record WithdrawRole(@TargetAggregateIdentifier AccountId account, Role role, AccountId by, Instant at)
            implements AccountCommand {}
}
