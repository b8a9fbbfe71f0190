package dev.parley.notifications.outbox;

import dev.parley.notifications.outbox.OutboxStore.Depth;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// `parley.notifications.*`:
///
/// | meter | tags | what |
/// |---|---|---|
/// | `outbox.rows` | `state`: due, claimed | rows that wait for a worker, and that one holds |
/// | `outbox.oldest.due.age` | | seconds the longest-waiting due row has waited |
/// | `ended` | `platform`, `state`, `reason` | rows that ended |
/// | `postponed` | `platform`, `reason` | attempts that will be repeated |
///
/// The gauges ask the database at most every 5 s.
@Component
class OutboxMeters {

    private static final Duration STALE = Duration.ofSeconds(5);

    private final MeterRegistry registry;
    private final OutboxStore store;
    private final Clock clock;
    private @Nullable Depth last;
    private Instant asked = Instant.EPOCH;

    OutboxMeters(MeterRegistry registry, OutboxStore store, Clock clock) {
        this.registry = registry;
        this.store = store;
        this.clock = clock;
        rows("due", Depth::due);
        rows("claimed", Depth::claimed);
        Gauge.builder("parley.notifications.outbox.oldest.due.age", this, OutboxMeters::oldestAge)
                .baseUnit("seconds")
                .register(registry);
    }

    private void rows(String state, ToDoubleFunction<Depth> count) {
        Gauge.builder("parley.notifications.outbox.rows", this, meters -> count.applyAsDouble(meters.depth()))
                .tag("state", state)
                .register(registry);
    }

    private double oldestAge() {
        return Math.max(
                        0,
                        Duration.between(depth().oldestDue(), clock.instant()).toMillis())
                / 1000.0;
    }

    private synchronized Depth depth() {
        Instant now = clock.instant();
        Depth depth = last;
        if (depth == null || asked.plus(STALE).isBefore(now)) {
            depth = store.depth();
            last = depth;
            asked = now;
        }
        return depth;
    }

    void count(Settlement settlement) {
        var registered = settlement.row().now().registered();
        String platform =
                registered == null ? "none" : registered.target().platform().text();
        switch (settlement) {
            case Settlement.Ended ended -> ended(platform, ended.state(), ended.reason());
            case Settlement.Sent sent -> ended(platform, RowState.SENT, sent.reason());
            case Settlement.Postponed postponed ->
                registry.counter("parley.notifications.postponed", "platform", platform, "reason", postponed.reason())
                        .increment();
        }
    }

    private void ended(String platform, RowState state, String reason) {
        registry.counter("parley.notifications.ended", "platform", platform, "state", state.text(), "reason", reason)
                .increment();
    }
}
