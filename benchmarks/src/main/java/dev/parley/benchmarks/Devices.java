package dev.parley.benchmarks;

import dev.parley.client.ClientOptions;
import dev.parley.client.ClientTransport;
import dev.parley.client.ParleyClient;
import dev.parley.client.ParleyEvent;
import dev.parley.client.ParleyListener;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;

/// Clients of one process. They take the gateways in turn. For one thread.
final class Devices implements AutoCloseable {

    private static final int AT_ONCE = 64;

    private final ClientTransport transport = new ClientTransport();
    private final List<URI> gateways;
    private final List<ParleyClient> clients = new ArrayList<>();
    private final List<CompletableFuture<?>> ready = new ArrayList<>();
    private final Semaphore slots = new Semaphore(AT_ONCE);
    /// By close code.
    private final Map<Integer, LongAdder> lost = new ConcurrentSkipListMap<>();

    private final LongAdder holes = new LongAdder();

    Devices(List<URI> gateways) {
        this.gateways = gateways;
    }

    /// Connects at the newest event. Waits while many others are at it.
    ///
    /// @param events called on threads of the client, with one event of this device at a time
    ParleyClient connect(Person person, String device, Consumer<ParleyEvent> events) throws InterruptedException {
        slots.acquire();
        CompletableFuture<Void> caughtUp = new CompletableFuture<>();
        ready.add(caughtUp.whenComplete((done, failure) -> slots.release()));
        URI gateway = gateways.get(clients.size() % gateways.size());
        String token = Objects.requireNonNull(person.http().token());
        ParleyClient client = ParleyClient.connect(
                transport, ClientOptions.of(gateway, device, token), new Listener(caughtUp, events));
        clients.add(client);
        return client;
    }

    /// Until all have caught up.
    void await() {
        CompletableFuture.allOf(ready.toArray(CompletableFuture[]::new)).join();
        ready.clear();
    }

    /// What went wrong, for the end of a line.
    String faults() {
        return "%d put off, %d repeats, connections lost %s, %d holes"
                .formatted(
                        clients.stream().mapToLong(ParleyClient::putOff).sum(),
                        clients.stream().mapToLong(ParleyClient::repeats).sum(),
                        lost,
                        holes.sum());
    }

    @Override
    public void close() {
        clients.forEach(ParleyClient::close);
        transport.close();
    }

    private final class Listener implements ParleyListener {

        private final CompletableFuture<Void> caughtUp;
        private final Consumer<ParleyEvent> events;

        private Listener(CompletableFuture<Void> caughtUp, Consumer<ParleyEvent> events) {
            this.caughtUp = caughtUp;
            this.events = events;
        }

        @Override
        public void event(ParleyEvent event) {
            events.accept(event);
        }

        @Override
        public void caughtUp(long position) {
            caughtUp.complete(null);
        }

        @Override
        public void disconnected(int code, String reason, Duration pause) {
            lost.computeIfAbsent(code, first -> new LongAdder()).increment();
        }

        @Override
        public void stopped(int code, String reason) {
            lost.computeIfAbsent(code, first -> new LongAdder()).increment();
            caughtUp.completeExceptionally(new IllegalStateException("closed with " + code + " " + reason));
        }

        @Override
        public void gap(UUID conversation, long expected, long got) {
            holes.increment();
        }
    }
}
