package dev.parley.axonserver;

import static dev.parley.axonserver.Events.id;
import static org.assertj.core.api.Assertions.assertThat;

import io.axoniq.axonserver.connector.AxonServerConnection;
import io.axoniq.axonserver.connector.Registration;
import io.axoniq.axonserver.connector.ReplyChannel;
import io.axoniq.axonserver.connector.ResultStream;
import io.axoniq.axonserver.connector.query.QueryDefinition;
import io.axoniq.axonserver.connector.query.QueryHandler;
import io.axoniq.axonserver.connector.query.SubscriptionQueryResult;
import io.axoniq.axonserver.grpc.SerializedObject;
import io.axoniq.axonserver.grpc.command.CommandResponse;
import io.axoniq.axonserver.grpc.query.QueryRequest;
import io.axoniq.axonserver.grpc.query.QueryResponse;
import io.axoniq.axonserver.grpc.query.QueryUpdate;
import io.axoniq.axonserver.grpc.query.SubscriptionQuery;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/// The connection between clients and the node is cut and restored, or goes silent, while they talk.
class ConnectionCutIT {

    private static final long SEED = Long.getLong("seed", System.nanoTime());
    private static final int CUTS = 6;

    private static void cutNowAndThen(CuttableProxy proxy) {
        System.out.println("seed=" + SEED);
        Random random = new Random(SEED);
        for (int i = 0; i < CUTS; i++) {
            Awaitility.await().until(() -> proxy.connections() > 0);
            pass(30 + random.nextInt(200));
            if (random.nextInt(3) == 0) {
                proxy.refuse();
                pass(random.nextInt(200));
                proxy.restore();
            } else {
                proxy.cut();
            }
        }
    }

    private static void pass(long millis) {
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(millis));
    }

    private static CompletableFuture<CommandResponse> done() {
        return CompletableFuture.completedFuture(
                CommandResponse.newBuilder().setMessageIdentifier(id()).build());
    }

    /// Leaves time to be cut off between a command and its answer.
    private static <T> CompletableFuture<T> later(CompletableFuture<T> answer) {
        Executor later = CompletableFuture.delayedExecutor(20, TimeUnit.MILLISECONDS);
        return CompletableFuture.runAsync(() -> {}, later).thenCompose(done -> answer);
    }

    private static SerializedObject payload() {
        return SerializedObject.newBuilder().setType("text").build();
    }

    private static void await(Registration registration) throws Exception {
        registration.awaitAck(10, TimeUnit.SECONDS);
    }

    @Test
    void cutConnectionsLoseAndRepeatNoEvent() throws Exception {
        try (TestNode node = TestNode.onEmptyStore();
                CuttableProxy proxy = new CuttableProxy(node.port());
                Clients clients = new Clients(proxy.port());
                AppendLoad load = new AppendLoad(List.of(clients.connect("a"), clients.connect("b")), 8, SEED)) {
            LogReader.Memory seen = new LogReader.Memory(0);
            try (LogReader reader = new LogReader(clients.connect("reader"), seen)) {
                cutNowAndThen(proxy);
                long before = load.transactions();
                Awaitility.await().until(() -> load.transactions() > before + 20);
                load.stop();
                assertThat(load.failures()).isPositive();
                StoredLog store = new StoredLog(node.database());
                store.read();
                store.holds(load.acknowledged());
                store.holdsNot(load.refused());
                Awaitility.await().untilAsserted(() -> {
                    reader.check();
                    assertThat(seen.seen()).hasSize(store.size());
                });
                store.begins(0, seen.seen());
                assertThat(reader.streams()).isGreaterThan(1);
            }
        }
    }

    @Test
    void commandsOverCutConnectionsAreHandledOnceAtMost() throws Exception {
        Map<String, AtomicInteger> handled = new ConcurrentHashMap<>();
        String name = id();
        try (TestNode node = TestNode.onEmptyStore();
                CuttableProxy proxy = new CuttableProxy(node.port());
                Clients clients = new Clients(proxy.port())) {
            for (AxonServerConnection handler : List.of(clients.connect("cut"), node.connect("whole"))) {
                await(handler.commandChannel()
                        .registerCommandHandler(
                                command -> {
                                    handled.computeIfAbsent(command.getMessageIdentifier(), c -> new AtomicInteger())
                                            .incrementAndGet();
                                    return later(done());
                                },
                                100,
                                name));
            }
            try (CommandLoad load = new CommandLoad(List.of(clients.connect("a"), node.connect("direct")), name)) {
                load.start(8);
                cutNowAndThen(proxy);
                int before = load.succeeded().size();
                Awaitility.await().until(() -> load.succeeded().size() > before + 20);
                load.stop();
                System.out.println("answered " + load.succeeded().size() + ", failed " + load.failed());
                assertThat(load.failed()).isNotEmpty();
                assertThat(handled.values()).allMatch(times -> times.get() == 1);
                assertThat(handled.keySet()).containsAll(load.succeeded());
                Awaitility.await()
                        .untilAsserted(() -> assertThat(node.node().clients()).hasSize(4));
            }
        }
    }

    @Test
    void queriesOverCutConnectionsAreAnsweredAndHandlersComeBack() throws Exception {
        String name = id();
        Set<ReplyChannel<?>> subscribers = ConcurrentHashMap.newKeySet();
        try (TestNode node = TestNode.onEmptyStore();
                CuttableProxy proxy = new CuttableProxy(node.port());
                Clients clients = new Clients(proxy.port())) {
            await(clients.connect("handler")
                    .queryChannel()
                    .registerQueryHandler(new Answering(), new QueryDefinition(name, "text")));
            AxonServerConnection asking = clients.connect("asking");
            CompletableFuture<Void> cuts = CompletableFuture.runAsync(() -> cutNowAndThen(proxy));
            int answered = 0;
            while (!cuts.isDone()) {
                answered += ask(asking, name) ? 1 : 0;
            }
            cuts.join();
            assertThat(answered).isPositive();
            Awaitility.await().until(() -> ask(asking, name));
            Awaitility.await().ignoreExceptions().until(() -> {
                SubscriptionQueryResult subscription =
                        asking.queryChannel().subscriptionQuery(Messages.query(name, 1), payload(), 16, 4);
                try (ResultStream<QueryUpdate> updates = subscription.updates()) {
                    return updates.nextIfAvailable(1, TimeUnit.SECONDS) != null;
                }
            });
        }
    }

    /// Whether it was answered with a result. Either way it ends.
    private static boolean ask(AxonServerConnection connection, String name) {
        try (ResultStream<QueryResponse> results = connection.queryChannel().query(Messages.query(name, 1))) {
            Awaitility.await()
                    .pollInterval(Duration.ofMillis(2))
                    .atMost(Duration.ofSeconds(10))
                    .until(() -> results.peek() != null || results.isClosed());
            QueryResponse response = results.nextIfAvailable();
            return response != null && response.getErrorCode().isEmpty();
        }
    }

    private static final class Answering implements QueryHandler {
        @Override
        public void handle(QueryRequest query, ReplyChannel<QueryResponse> reply) {
            reply.sendLast(QueryResponse.newBuilder()
                    .setMessageIdentifier(id())
                    .setRequestIdentifier(query.getMessageIdentifier())
                    .setPayload(payload())
                    .build());
        }

        @Override
        public Registration registerSubscriptionQuery(SubscriptionQuery query, UpdateHandler updates) {
            updates.sendUpdate(QueryUpdate.newBuilder()
                    .setMessageIdentifier(id())
                    .setPayload(payload())
                    .build());
            return () -> CompletableFuture.completedFuture(null);
        }
    }

    @Test
    void nodeLetsGoOfAClientItNoLongerHears() throws Exception {
        String name = id();
        try (TestNode node =
                        TestNode.onEmptyStore(Map.of("heartbeat.interval", "100ms", "heartbeat.timeout", "700ms"));
                CuttableProxy proxy = new CuttableProxy(node.port());
                Clients clients = new Clients(proxy.port())) {
            register(clients.connect("handler"), name, new AtomicInteger());
            AxonServerConnection sender = node.connect("sender");
            assertThat(send(sender, name)).isEmpty();
            // One beat each way, after which silence means something.
            pass(300);
            proxy.stallToServer();
            assertThat(send(sender, name)).isEqualTo("AXONIQ-4001");
            assertThat(send(sender, name)).isEqualTo("AXONIQ-4000");
        }
    }

    /// It makes a new connection while the old one is open, and moves there when that has ended.
    @Test
    void clientThatNoLongerHearsTheNodeComesBack() throws Exception {
        String name = id();
        AtomicInteger handled = new AtomicInteger();
        try (TestNode node = TestNode.onEmptyStore();
                CuttableProxy proxy = new CuttableProxy(node.port());
                Clients clients = new Clients(proxy.port())) {
            AxonServerConnection handler = clients.connect("handler");
            handler.controlChannel().enableHeartbeat(100, 700, TimeUnit.MILLISECONDS);
            register(handler, name, handled);
            AxonServerConnection sender = node.connect("sender");
            assertThat(send(sender, name)).isEmpty();
            assertThat(proxy.connections()).isEqualTo(1);
            proxy.stallToClient();
            Awaitility.await().until(() -> proxy.connections() > 1);
            proxy.cutStalled();
            Awaitility.await()
                    .atMost(Duration.ofSeconds(20))
                    .untilAsserted(() -> assertThat(send(sender, name)).isEmpty());
            assertThat(handled).hasValue(2);
        }
    }

    private static void register(AxonServerConnection handler, String name, AtomicInteger handled) throws Exception {
        await(handler.commandChannel()
                .registerCommandHandler(
                        command -> {
                            handled.incrementAndGet();
                            return done();
                        },
                        100,
                        name));
    }

    private static String send(AxonServerConnection sender, String name) {
        return Events.get(sender.commandChannel().sendCommand(Messages.command(name, "k")))
                .getErrorCode();
    }
}
