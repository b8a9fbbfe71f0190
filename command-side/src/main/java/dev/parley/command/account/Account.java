package dev.parley.command.account;

import static org.axonframework.modelling.command.AggregateLifecycle.apply;
import static org.axonframework.modelling.command.AggregateLifecycle.getVersion;

import dev.parley.command.dispatch.Refusal;
import dev.parley.messages.AccountId;
import dev.parley.messages.Rejection;
import dev.parley.messages.Role;
import dev.parley.messages.account.AccountCommand.GrantRole;
import dev.parley.messages.account.AccountCommand.RegisterAccount;
import dev.parley.messages.account.AccountCommand.WithdrawRole;
import dev.parley.messages.account.AccountEvent;
import dev.parley.messages.account.AccountEvent.AccountRegistered;
import dev.parley.messages.account.AccountEvent.RoleGranted;
import dev.parley.messages.account.AccountEvent.RoleWithdrawn;
import java.time.temporal.ChronoUnit;
import java.util.EnumSet;
import java.util.Set;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.eventsourcing.EventSourcingHandler;
import org.axonframework.modelling.command.AggregateCreationPolicy;
import org.axonframework.modelling.command.AggregateIdentifier;
import org.axonframework.modelling.command.CreationPolicy;
import org.axonframework.spring.stereotype.Aggregate;
import org.jspecify.annotations.Nullable;

/// One account: that it exists, and its roles. Its name, password and address are in tables.
@Aggregate(cache = "aggregateCache")
class Account {

    @AggregateIdentifier
    private @Nullable AccountId id;

    private final Set<Role> roles = EnumSet.noneOf(Role.class);

    Account() {}

    @CommandHandler
    @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
    void handle(RegisterAccount command) {
        if (id == null) {
            apply(new AccountRegistered(
                    command.account(),
                    command.username(),
                    command.displayName(),
                    command.archive(),
                    command.at().truncatedTo(ChronoUnit.MILLIS)));
        }
    }

    /// @return whether the role is held now, as of which event
    @CommandHandler
    RoleHeld handle(GrantRole command) {
        requireGrantable(command.role());
        if (!roles.contains(command.role())) {
            apply(new RoleGranted(
                    command.account(),
                    command.role(),
                    command.by(),
                    command.at().truncatedTo(ChronoUnit.MILLIS)));
        }
        return new RoleHeld(true, getVersion());
    }

    /// @return whether the role is held now, as of which event
    @CommandHandler
    RoleHeld handle(WithdrawRole command) {
        requireGrantable(command.role());
        if (roles.contains(command.role())) {
            apply(new RoleWithdrawn(
                    command.account(),
                    command.role(),
                    command.by(),
                    command.at().truncatedTo(ChronoUnit.MILLIS)));
        }
        return new RoleHeld(false, getVersion());
    }

    @EventSourcingHandler
    void on(AccountEvent event) {
        id = event.account();
        switch (event) {
            case AccountRegistered it -> {}
            case RoleGranted it -> roles.add(it.role());
            case RoleWithdrawn it -> roles.remove(it.role());
        }
    }

    private static void requireGrantable(Role role) {
        if (role == Role.USER) {
            throw new Refusal(Rejection.invalid("role", "Everybody is a user"));
        }
    }
}
