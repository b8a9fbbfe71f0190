package dev.parley.notifications.policy;

import dev.parley.notifications.outbox.OwedWithdrawal;
import dev.parley.notifications.outbox.Screens;
import dev.parley.notifications.outbox.Withdrawn;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/// Which devices show something that a batch takes back: what was read on another device, or deleted.
@Component
class Withdrawals {

    private final Screens screens;
    private final Clock clock;

    Withdrawals(Screens screens, Clock clock) {
        this.screens = screens;
        this.clock = clock;
    }

    /// @param after up to where is decided
    List<OwedWithdrawal> of(FactBatch batch, long after) {
        Instant oldest = clock.instant().minus(OwedWithdrawal.EXPIRY);
        List<Withdrawn> withdrawn = Stream.concat(
                        batch.marks().reads().values().stream(), batch.said().deletions().values().stream())
                .filter(fact -> fact.position() > after && fact.at().isAfter(oldest))
                .toList();
        return screens.showing(withdrawn);
    }
}
