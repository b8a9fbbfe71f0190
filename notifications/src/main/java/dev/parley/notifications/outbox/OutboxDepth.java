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

/// How much waits in the outbox, asked of the database at most every 5 s. Thread-safe.
///
/// | meter | tags | what |
/// |---|---|---|
/// | `parley.notifications.outbox.rows` | `state`: due, claimed | rows that wait for a worker, and that one holds |
/// | `parley.notifications.outbox.oldest.age` | | seconds the row has waited that waits longest |
@Component
public class OutboxDepth {

    private static final Duration STALE = Duration.ofSeconds(5);

    private final OutboxStore store;
    private final Clock clock;
    private @Nullable Depth last;
    private Instant asked = Instant.EPOCH;

    OutboxDepth(MeterRegistry registry, OutboxStore store, Clock clock) {
        this.store = store;
        this.clock = clock;
        rows(registry, "due", OutboxDepth::due);
        rows(registry, "claimed", OutboxDepth::claimed);
        Gauge.builder("parley.notifications.outbox.oldest.age", this, OutboxDepth::oldestSeconds)
                .baseUnit("seconds")
                .register(registry);
    }

    private void rows(MeterRegistry registry, String state, ToDoubleFunction<OutboxDepth> count) {
        Gauge.builder("parley.notifications.outbox.rows", this, count)
                .tag("state", state)
                .register(registry);
    }

    /// Rows that wait for a worker.
    public long due() {
        return depth().due();
    }

    /// Rows that a worker holds.
    public long claimed() {
        return depth().claimed();
    }

    /// How long the row has waited that waits longest; those without credentials do not count.
    ///
    /// @return 0 where none waits
    public double oldestSeconds() {
        long millis = Duration.between(depth().oldest(), clock.instant()).toMillis();
        return Math.max(0, millis) / 1000.0;
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
}
