package dev.parley.command.account;

import dev.parley.command.account.ReservationStore.Pending;
import dev.parley.command.dispatch.Commands;
import dev.parley.messages.AccountId;
import dev.parley.messages.RejectedException;
import dev.parley.messages.Rejection;
import dev.parley.messages.RejectionCode;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.axonframework.eventsourcing.eventstore.EventStoreException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;

/// Holds a name for whoever is about to register it.
///
/// ```
///   (none) --reserve--> reserved --fill--> with a hash --fact stored, register--> registered
///     ^                   |                    |
///     +------release------+--------------------+     the fact is certainly not stored
///                         +--give up-----------+     nobody knows: the next one may take it over at once
/// ```
///
/// A reservation that a crash left behind can be taken over after [#ABANDONED_AFTER]. Whoever takes one over keeps its
/// account id, so that a fact which arrives late belongs to the account that bears the name.
@Component
class Reservations {

    /// Longer than a command is waited for and than passwords usually wait for their turn.
    static final Duration ABANDONED_AFTER = Commands.PATIENCE.plusSeconds(8);

    /// No fact arrives that late.
    private static final Duration FORGOTTEN_AFTER = Duration.ofHours(1);

    private static final Logger log = LoggerFactory.getLogger(Reservations.class);

    private final ReservationStore store;
    private final EventStore eventStore;
    private final Clock clock;

    Reservations(ReservationStore store, EventStore eventStore, Clock clock) {
        this.store = store;
        this.eventStore = eventStore;
        this.clock = clock;
    }

    /// @throws RejectedException `username-taken`, after one or two queries
    Reservation reserve(Username username, @Nullable String email) {
        Reservation wanted = new Reservation(new AccountId(UUID.randomUUID()), username, email, now());
        if (store.reserve(wanted)) {
            return wanted;
        }
        Pending other = store.findAbandoned(username.folded(), wanted.at().minus(ABANDONED_AFTER));
        if (other == null || finish(other) || !store.takeOver(other, wanted)) {
            throw taken();
        }
        return wanted.with(other.account(), wanted.at());
    }

    /// @return what is held from now on
    /// @throws RejectedException where the reservation is lost, see [#register]
    Reservation fill(Reservation held, String passwordHash) {
        Reservation filled = held.with(held.account(), now());
        if (!store.fill(held, passwordHash, filled.at())) {
            throw lost(held);
        }
        return filled;
    }

    /// To be called when the fact is stored.
    ///
    /// @throws RejectedException `username-taken` if another attempt has taken the reservation over,
    ///     `unavailable` if the application was cleared meanwhile
    void register(Reservation held) {
        if (!store.register(held.account(), held.at())) {
            throw lost(held);
        }
    }

    /// For a failure after which the fact is certainly not stored.
    void release(Reservation held) {
        try {
            store.release(held.account(), held.at());
        } catch (DataAccessException unreachable) {
            warn(held, unreachable);
        }
    }

    /// For a failure after which nobody knows.
    void giveUp(Reservation held) {
        try {
            store.giveUp(held.account(), held.at());
        } catch (DataAccessException unreachable) {
            warn(held, unreachable);
        }
    }

    /// Registers a reservation whose fact is stored, and forgets one that nobody will finish any more.
    ///
    /// @return whether it was registered
    /// @throws RejectedException `unavailable` where the event store cannot be asked
    boolean finish(Pending reservation) {
        if (isStored(reservation.account())) {
            return store.register(reservation.account(), reservation.at());
        }
        if (!reservation.archived() && reservation.at().isBefore(now().minus(FORGOTTEN_AFTER))) {
            store.release(reservation.account(), reservation.at());
        }
        return false;
    }

    static RejectedException taken() {
        return new RejectedException(
                new Rejection(RejectionCode.USERNAME_TAKEN, "This user name is held by another account", "username"));
    }

    private boolean isStored(AccountId account) {
        try {
            return eventStore.lastSequenceNumberFor(account.toString()).isPresent();
        } catch (EventStoreException unreachable) {
            throw new RejectedException(RejectionCode.UNAVAILABLE, "The event store cannot be asked now");
        }
    }

    private RejectedException lost(Reservation held) {
        return store.exists(held.account())
                ? taken()
                : new RejectedException(RejectionCode.UNAVAILABLE, "The application was cleared meanwhile");
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }

    private static void warn(Reservation held, DataAccessException cause) {
        log.atWarn()
                .setCause(cause)
                .addKeyValue("account", held.account())
                .log("A name stays reserved until it counts as abandoned");
    }
}
