package dev.parley.command.account;

import dev.parley.command.CommandSideProperties;
import dev.parley.command.CommandSideProperties.Admin;
import dev.parley.command.dispatch.Commands;
import dev.parley.command.dispatch.TimeLimit;
import dev.parley.messages.AccountId;
import dev.parley.messages.RejectedException;
import dev.parley.messages.RejectionCode;
import dev.parley.messages.account.AccountCommand.RegisterAccount;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// Registers accounts: the name is reserved in the table, the password is hashed, the fact is stored, the row is marked
/// as registered. Of many who want a name at the same time all but one are refused before any password is hashed.
@Component
public class Accounts {

    private final Reservations reservations;
    private final Passwords passwords;
    private final Commands commands;
    private final @Nullable String adminsName;

    Accounts(Reservations reservations, Passwords passwords, Commands commands, CommandSideProperties properties) {
        this.reservations = reservations;
        this.passwords = passwords;
        this.commands = commands;
        Admin admin = properties.admin();
        this.adminsName = admin == null ? null : Username.fold(admin.username());
    }

    /// @throws RejectedException `username-taken`, also for the name of the configured first admin,
    ///     who is an admin by that name; or `unavailable`, after which the same call may be tried
    ///     again
    public AccountId register(NewAccount person) {
        if (person.username().folded().equals(adminsName)) {
            throw Reservations.taken();
        }
        return registerAnyName(person);
    }

    /// As [#register], for [FirstAdmin] only.
    AccountId registerAnyName(NewAccount person) {
        Reservation held = hold(person);
        String username = person.username().text();
        String displayName = person.displayName() == null ? username : person.displayName();
        try {
            commands.send(new RegisterAccount(held.account(), username, displayName, null, held.at()));
        } catch (RejectedException refused) {
            if (refused.rejection().code() == RejectionCode.UNAVAILABLE) {
                reservations.giveUp(held);
            } else {
                reservations.release(held);
            }
            throw refused;
        } catch (RuntimeException fault) {
            reservations.giveUp(held);
            throw fault;
        }
        reservations.register(held);
        return held.account();
    }

    private Reservation hold(NewAccount person) {
        Reservation reserved =
                TimeLimit.call(Commands.PATIENCE, () -> reservations.reserve(person.username(), person.email()));
        try {
            return reservations.fill(reserved, passwords.hash(person.password()));
        } catch (RuntimeException failed) {
            reservations.release(reserved);
            throw failed;
        }
    }
}
