package dev.parley.command.account;

import dev.parley.command.dispatch.Commands;
import dev.parley.messages.AccountId;
import dev.parley.messages.Role;
import dev.parley.messages.account.AccountCommand.GrantRole;
import dev.parley.messages.account.AccountCommand.WithdrawRole;
import java.time.Clock;
import org.springframework.stereotype.Component;

/// Grants and withdraws roles; the next use of any of the account's tokens has it.
@Component
class Roles {

    private final Commands commands;
    private final RoleStore store;
    private final Clock clock;

    Roles(Commands commands, RoleStore store, Clock clock) {
        this.commands = commands;
        this.store = store;
        this.clock = clock;
    }

    void grant(AccountId account, Role role, AccountId by) {
        RoleHeld held = commands.send(new GrantRole(account, role, by, clock.instant()), RoleHeld.class);
        store.put(account, role, held.held(), held.seq());
    }

    void withdraw(AccountId account, Role role, AccountId by) {
        RoleHeld held = commands.send(new WithdrawRole(account, role, by, clock.instant()), RoleHeld.class);
        store.put(account, role, held.held(), held.seq());
    }
}
