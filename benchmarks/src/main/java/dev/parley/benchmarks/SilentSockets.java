package dev.parley.benchmarks;

import dev.parley.client.ClientOptions;
import dev.parley.client.ClientTransport;
import dev.parley.client.Draft;
import dev.parley.client.ParleyClient;
import dev.parley.client.ParleyEvent;
import dev.parley.client.ParleyListener;
import dev.parley.messages.MessageId;
import dev.parley.notifications.testing.SilentLine;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/// How long it takes until a device rings whose socket has died without a word: it is connected, receives a message and
/// acknowledges it; then its line goes silent, and another message is sent. From that sending until the push service
/// has it.
final class SilentSockets {

    private static final int PATIENCE_SECONDS = 60;
    private static final int ACKNOWLEDGED_MILLIS = 3_000;
    private static final int APART_MILLIS = 250;

    private final OwnParley parley;
    private final PushAudience audience;
    private final PushArrivals arrivals;

    /// @param audience of pairs: the listeners are those whose lines go silent
    SilentSockets(OwnParley parley, PushAudience audience, PushArrivals arrivals) {
        this.parley = parley;
        this.audience = audience;
        this.arrivals = arrivals;
    }

    /// Parley is running.
    void round() throws Exception {
        arrivals.forget();
        List<SilentLine> lines = new ArrayList<>();
        List<ParleyClient> listeners = new ArrayList<>();
        try (ClientTransport transport = new ClientTransport();
                Devices devices = new Devices(parley.gateways())) {
            int sockets = audience.circles().size();
            CountDownLatch received = new CountDownLatch(sockets);
            List<ParleyClient> speakers = new ArrayList<>();
            for (PushAudience.Circle circle : audience.circles()) {
                SilentLine line = new SilentLine(parley.port());
                lines.add(line);
                speakers.add(devices.connect(circle.speaker(), "desk", event -> {}));
                Person listener = circle.listeners().getFirst();
                CompletableFuture<Void> ready = new CompletableFuture<>();
                String token = Objects.requireNonNull(listener.http().token());
                listeners.add(ParleyClient.connect(
                        transport,
                        ClientOptions.of(
                                URI.create("ws://127.0.0.1:" + line.port() + "/ws"), PushAudience.DEVICE, token),
                        new Listener(ready, received)));
                ready.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
            }
            devices.await();
            measure(lines, speakers, received);
        } finally {
            listeners.forEach(ParleyClient::close);
            for (SilentLine line : lines) {
                line.close();
            }
        }
    }

    private void measure(List<SilentLine> lines, List<ParleyClient> speakers, CountDownLatch received)
            throws Exception {
        for (int i = 0; i < speakers.size(); i++) {
            speakers.get(i)
                    .send(audience.circles().get(i).conversation(), "can you hear me?")
                    .get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        }
        boolean all = received.await(PATIENCE_SECONDS, TimeUnit.SECONDS);
        Thread.sleep(ACKNOWLEDGED_MILLIS);
        Map<UUID, Long> sent = new HashMap<>();
        for (int i = 0; i < speakers.size(); i++) {
            lines.get(i).fallSilent();
            UUID id =
                    MessageId.at(System.currentTimeMillis(), UUID.randomUUID()).value();
            sent.put(id, System.nanoTime());
            speakers.get(i)
                    .send(id, audience.circles().get(i).conversation(), Draft.of("and now?"))
                    .get(PATIENCE_SECONDS, TimeUnit.SECONDS);
            Thread.sleep(APART_MILLIS);
        }
        long missing = arrivals.await(sent.keySet(), PATIENCE_SECONDS);
        Map<UUID, Long> rings = arrivals.rings();
        Set<UUID> early = new HashSet<>(rings.keySet());
        early.removeAll(sent.keySet());
        Histogram micros = new Histogram(3);
        sent.forEach((id, nanos) -> {
            Long ring = rings.get(id);
            if (ring != null) {
                micros.recordValue((ring - nanos) / 1_000);
            }
        });
        System.out.printf(
                "  %d sockets%s: %s, %d missing; %d rang for what had been acknowledged%n",
                speakers.size(),
                all ? "" : ", not all of which were heard",
                Latencies.of(micros),
                missing,
                early.size());
    }

    private record Listener(CompletableFuture<Void> ready, CountDownLatch received) implements ParleyListener {

        @Override
        public void caughtUp(long position) {
            ready.complete(null);
        }

        @Override
        public void event(ParleyEvent event) {
            if (event.message() != null) {
                received.countDown();
            }
        }

        @Override
        public void stopped(int code, String reason) {
            ready.completeExceptionally(new IllegalStateException("closed with " + code + " " + reason));
        }
    }
}
