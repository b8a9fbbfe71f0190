package dev.parley.notifications.alarm;

import dev.parley.notifications.outbox.Tally;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.MultiGauge.Row;
import io.micrometer.core.instrument.Tags;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/// `parley.notifications.pairs{outcome, reason}`: what became of all eligible (device, message) pairs,
/// of all nodes, since the first start ever. `eligible` is the sum of all others, `due` included.
@Component
class PairMeters {

    private final Tally tally;
    private final MultiGauge pairs;

    PairMeters(Tally tally, MeterRegistry registry) {
        this.tally = tally;
        this.pairs = MultiGauge.builder("parley.notifications.pairs").register(registry);
    }

    void refresh() {
        Tally.Sums sums = tally.sums();
        var rows = sums.counts().stream()
                .map(count -> Row.of(Tags.of("outcome", count.outcome(), "reason", count.reason()), count.pairs()))
                .collect(Collectors.<Row<?>>toList());
        rows.add(Row.of(Tags.of("outcome", "due", "reason", ""), sums.due()));
        pairs.register(rows, true);
    }
}
