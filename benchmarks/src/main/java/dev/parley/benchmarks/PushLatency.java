package dev.parley.benchmarks;

import dev.parley.benchmarks.Benchmarks.Options;
import dev.parley.client.Draft;
import dev.parley.client.ParleyClient;
import dev.parley.messages.MessageId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.Histogram;

/// How long a push takes that is due at once, with an empty outbox: from the call that sends a message to a device that
/// is not connected, and from the answer that it is on disk, until the push service has it.
final class PushLatency {

    private static final int PATIENCE_SECONDS = 60;

    private final OwnParley parley;
    private final PushAudience audience;
    private final PushArrivals arrivals;
    private final int rate;
    private final int seconds;

    /// @param audience of pairs
    /// @param options `--rate` messages a second, for `--seconds`
    PushLatency(OwnParley parley, PushAudience audience, PushArrivals arrivals, Options options) {
        this.parley = parley;
        this.audience = audience;
        this.arrivals = arrivals;
        this.rate = options.number("rate", 50);
        this.seconds = options.number("seconds", 60);
    }

    /// Parley is running.
    void round() throws Exception {
        arrivals.forget();
        Map<UUID, Long> sent = new ConcurrentHashMap<>();
        Map<UUID, Long> accepted = new ConcurrentHashMap<>();
        try (Devices devices = new Devices(parley.gateways())) {
            List<ParleyClient> speakers = new ArrayList<>();
            for (PushAudience.Circle circle : audience.circles()) {
                speakers.add(devices.connect(circle.speaker(), "desk", event -> {}));
            }
            devices.await();
            long start = System.nanoTime();
            for (int i = 0; i < rate * seconds; i++) {
                LockSupport.parkNanos(start + i * TimeUnit.SECONDS.toNanos(1) / rate - System.nanoTime());
                UUID id = MessageId.at(System.currentTimeMillis(), UUID.randomUUID())
                        .value();
                int to = i % speakers.size();
                sent.put(id, System.nanoTime());
                speakers.get(to)
                        .send(id, audience.circles().get(to).conversation(), Draft.of("are you there?"))
                        .thenAccept(answer -> accepted.put(id, System.nanoTime()));
            }
            long missing = arrivals.await(sent.keySet(), PATIENCE_SECONDS);
            System.out.printf(
                    "  %,d messages at %d/s, %,d accepted, %,d pushes, %d missing%n",
                    sent.size(), rate, accepted.size(), arrivals.count(), missing);
        }
        Map<UUID, Long> rings = arrivals.rings();
        System.out.println("    from sending  " + Latencies.of(micros(sent, rings)));
        System.out.println("    from accepted " + Latencies.of(micros(accepted, rings)));
    }

    /// A push may be faster than the answer to who sent the message: that is 0.
    private static Histogram micros(Map<UUID, Long> since, Map<UUID, Long> until) {
        Histogram micros = new Histogram(3);
        since.forEach((id, nanos) -> {
            Long ring = until.get(id);
            if (ring != null) {
                micros.recordValue(Math.max(0, ring - nanos) / 1_000);
            }
        });
        return micros;
    }
}
