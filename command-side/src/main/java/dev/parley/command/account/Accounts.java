package dev.parley.command.account;

import dev.parley.command.account.ReservationStore.Pending;
import dev.parley.command.dispatch.Commands;
import dev.parley.messages.AccountId;
import dev.parley.messages.RejectedException;
import dev.parley.messages.Rejection;
import dev.parley.messages.RejectionCode;
import dev.parley.messages.account.AccountCommand.RegisterAccount;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.springframework.stereotype.Component;

/// Registers accounts: the name is reserved in the table, the fact is stored, the row is marked as registered.
///
/// ```
///   (none) --reserve--> reserved --fact stored--> registered
///     ^                   |    ^
///     +---refused---------+    +--- taken over, with the same account id
/// ```
///
/// A reservation whose outcome is unknown stays. [#finish] registers it if its fact is in the store after all.
/// Otherwise it can be taken over after [#ABANDONED_AFTER], or at once by who knows its password, and it keeps its
/// account id, so that a fact which arrives late belongs to the account that bears the name.
@Component
public class Accounts {

    /// Longer than a command is waited for.
    static final Duration ABANDONED_AFTER = Commands.PATIENCE.multipliedBy(2);

    private final ReservationStore reservations;
    private final Commands commands;
    private final EventStore eventStore;
    private final Passwords passwords;
    private final Clock clock;

    Accounts(
            ReservationStore reservations, Commands commands, EventStore eventStore, Passwords passwords, Clock clock) {
        this.reservations = reservations;
        this.commands = commands;
        this.eventStore = eventStore;
        this.passwords = passwords;
        this.clock = clock;
    }

    /// @throws RejectedException `invalid`, `username-taken`, or `unavailable`, after which the same call may be tried
    ///     again
    public AccountId register(NewAccount person) {
        Username username = Username.of(person.username());
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        Reservation wanted = new Reservation(
                new AccountId(UUID.randomUUID()), username, passwords.hash(person.password()), person.email(), now);
        AccountId account = reservations.reserve(wanted) ? wanted.account() : takeOver(wanted, person.password());
        String displayName = person.displayName() == null ? username.text() : person.displayName();
        try {
            commands.send(new RegisterAccount(account, username.text(), displayName, null, now));
        } catch (RejectedException refused) {
            if (refused.rejection().code() != RejectionCode.UNAVAILABLE) {
                reservations.release(account, now);
            }
            throw refused;
        }
        if (!reservations.register(account, now)) {
            throw taken();
        }
        return account;
    }

    /// Registers a reservation whose fact is stored.
    ///
    /// @return false where the store has no such fact
    boolean finish(Pending reservation) {
        boolean stored = eventStore
                .lastSequenceNumberFor(reservation.account().toString())
                .isPresent();
        return stored && reservations.register(reservation.account(), reservation.at());
    }

    private AccountId takeOver(Reservation wanted, String password) {
        Pending other = reservations.findPending(wanted.username().folded());
        boolean free = other != null
                && !finish(other)
                && (other.at().isBefore(wanted.at().minus(ABANDONED_AFTER))
                        || passwords.matches(password, other.passwordHash()))
                && reservations.takeOver(other, wanted);
        if (!free || other == null) {
            throw taken();
        }
        return other.account();
    }

    private static RejectedException taken() {
        return new RejectedException(
                new Rejection(RejectionCode.USERNAME_TAKEN, "This user name is held by another account", "username"));
    }
}
