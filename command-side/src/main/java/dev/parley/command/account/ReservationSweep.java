package dev.parley.command.account;

import dev.parley.command.account.ReservationStore.Pending;
import dev.parley.command.sweep.Sweep;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// Finishes registrations that a crash or a timeout cut off after their fact was stored, and forgets the others.
@Component
class ReservationSweep implements Sweep {

    private static final int BATCH = 100;

    private final ReservationStore store;
    private final Reservations reservations;
    private final Clock clock;

    ReservationSweep(ReservationStore store, Reservations reservations, Clock clock) {
        this.store = store;
        this.reservations = reservations;
        this.clock = clock;
    }

    @Override
    public String name() {
        return "registrations that were cut off";
    }

    @Override
    public long sweep() {
        Instant before = clock.instant().minus(Reservations.ABANDONED_AFTER);
        long finished = 0;
        @Nullable Pending last = null;
        List<Pending> page;
        do {
            page = store.findPendingBefore(before, last, BATCH);
            finished += page.stream().filter(reservations::finish).count();
            last = page.isEmpty() ? null : page.getLast();
        } while (page.size() == BATCH);
        return finished;
    }
}
