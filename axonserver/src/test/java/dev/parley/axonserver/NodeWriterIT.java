package dev.parley.axonserver;

import static dev.parley.axonserver.Events.event;
import static dev.parley.axonserver.Events.id;
import static dev.parley.axonserver.Events.take;
import static dev.parley.axonserver.Events.tryAppend;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import io.axoniq.axonserver.connector.AxonServerConnection;
import io.axoniq.axonserver.connector.event.AppendEventsTransaction;
import io.axoniq.axonserver.connector.event.EventStream;
import io.axoniq.axonserver.grpc.ErrorMessage;
import io.axoniq.axonserver.grpc.SerializedObject;
import io.axoniq.axonserver.grpc.event.Confirmation;
import io.axoniq.axonserver.grpc.event.Event;
import io.axoniq.axonserver.grpc.event.EventStoreGrpc;
import io.axoniq.axonserver.grpc.event.EventWithToken;
import io.grpc.stub.StreamObserver;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/// Many clients at once, and a writer that loses its database in the middle.
class NodeWriterIT {

    private static final long SEED = Long.getLong("seed", System.nanoTime());

    /// What an appender knows in the end: identifiers of events that were acknowledged, and of those that failed.
    private record Ledger(Set<String> acknowledged, Set<String> failed) {}

    private static Ledger appendUntil(AxonServerConnection client, AtomicBoolean stop, Random random) throws Exception {
        Ledger ledger = new Ledger(new HashSet<>(), new HashSet<>());
        String aggregate = id();
        long next = 0;
        while (!stop.get()) {
            if (random.nextInt(20) == 0) {
                aggregate = id();
                next = 0;
            }
            Event[] events = new Event[1 + random.nextInt(4)];
            for (int i = 0; i < events.length; i++) {
                events[i] = event(aggregate, next + i);
            }
            boolean wrong = random.nextInt(15) == 0;
            if (wrong) {
                events[events.length - 1] = event(aggregate, next + 17);
            }
            CompletableFuture<Confirmation> result = tryAppend(client, events);
            Set<String> side = ledger.acknowledged();
            try {
                result.get(15, TimeUnit.SECONDS);
                assertThat(wrong).isFalse();
                next += events.length;
            } catch (ExecutionException e) {
                side = ledger.failed();
                if (!wrong) {
                    // Whether it was stored is not known: go on with an aggregate of which everything is.
                    aggregate = id();
                    next = 0;
                }
            }
            for (Event event : events) {
                side.add(event.getMessageIdentifier());
            }
        }
        return ledger;
    }

    private static void run(TestNode node, int appenders, Callable<Void> meanwhile, boolean failuresAllowed)
            throws Exception {
        System.out.println("seed=" + SEED);
        AtomicBoolean stop = new AtomicBoolean();
        List<EventWithToken> seen = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Ledger>> ledgers = new ArrayList<>();
            for (int i = 0; i < appenders; i++) {
                AxonServerConnection client = node.connect("appender" + i);
                Random random = new Random(SEED + i);
                ledgers.add(threads.submit(() -> appendUntil(client, stop, random)));
            }
            AxonServerConnection reader = node.connect("reader");
            meanwhile.call();
            stop.set(true);
            Ledger all = new Ledger(new HashSet<>(), new HashSet<>());
            for (Future<Ledger> ledger : ledgers) {
                all.acknowledged().addAll(ledger.get(30, TimeUnit.SECONDS).acknowledged());
                all.failed().addAll(ledger.get().failed());
            }
            int count = Math.toIntExact(node.database().number("select count(*) from axonserver.event"));
            try (EventStream stream = reader.eventChannel().openStream(-1, 128)) {
                seen.addAll(take(stream, count));
            }
            check(seen, all);
            assertThat(node.database().number("select max(global_index) from axonserver.event"))
                    .isEqualTo(count - 1);
            assertThat(node.database().number("select next_index from axonserver.context"))
                    .isEqualTo(count);
            if (!failuresAllowed) {
                assertThat(all.acknowledged()).hasSize(count);
            }
        }
    }

    private static void check(List<EventWithToken> seen, Ledger ledger) {
        Set<String> stored = new HashSet<>();
        for (int i = 0; i < seen.size(); i++) {
            assertThat(seen.get(i).getToken()).isEqualTo(i);
            assertThat(stored.add(seen.get(i).getEvent().getMessageIdentifier()))
                    .isTrue();
        }
        assertThat(stored).containsAll(ledger.acknowledged());
        stored.removeAll(ledger.acknowledged());
        assertThat(ledger.failed()).containsAll(stored);
        assertThat(ledger.acknowledged()).isNotEmpty();
    }

    private static void pass(long millis) {
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(millis));
    }

    @Test
    void manyAppendersGetAGaplessLog() throws Exception {
        try (TestNode node = TestNode.onEmptyStore(Map.of("storage.tailEvents", 100, "storage.knownAggregates", 5))) {
            AxonServerConnection live = node.connect("live");
            try (EventStream stream = live.eventChannel().openStream(-1, 64, 16)) {
                run(
                        node,
                        12,
                        () -> {
                            List<EventWithToken> first = take(stream, 1500);
                            for (int i = 0; i < first.size(); i++) {
                                assertThat(first.get(i).getToken()).isEqualTo(i);
                            }
                            return null;
                        },
                        false);
            }
        }
    }

    @Test
    void writerThatLosesItsConnectionLosesNothing() throws Exception {
        try (TestNode node = TestNode.onEmptyStore()) {
            Random random = new Random(SEED);
            run(
                    node,
                    8,
                    () -> {
                        long ended = 0;
                        for (int i = 0; i < 8; i++) {
                            pass(150 + random.nextInt(200));
                            ended += node.database().endWriter();
                        }
                        assertThat(ended).isGreaterThan(4);
                        pass(500);
                        return null;
                    },
                    true);
        }
    }

    @Test
    void writerThatWasReplacedStoresNothing() throws Exception {
        try (TestNode node = TestNode.onEmptyStore()) {
            AxonServerConnection client = node.connect("client");
            Events.append(client, event(id(), 0));
            node.database().execute("update axonserver.context set epoch = epoch + 1");
            CompletableFuture<Confirmation> fenced = tryAppend(client, event(id(), 0));
            assertThat(Events.failure(fenced).getErrorCode()).isEqualTo("AXONIQ-2100");
            assertThat(node.database().number("select count(*) from axonserver.event"))
                    .isEqualTo(1);
            Events.append(client, event(id(), 0));
            assertThat(node.database().number("select count(*) from axonserver.event"))
                    .isEqualTo(2);
        }
    }

    @Test
    void appendsFailSoonWhileTheDatabaseDoesNotAnswer() throws Exception {
        try (TestNode node = TestNode.onEmptyStore(Map.of("storage.appendTimeout", "1s"))) {
            AxonServerConnection client = node.connect("client");
            Events.append(client, event(id(), 0));
            CompletableFuture<Confirmation> stuck;
            try (var connection = node.database().dataSource().getConnection();
                    var statement = connection.createStatement()) {
                connection.setAutoCommit(false);
                statement.execute("lock table axonserver.event in access exclusive mode");
                stuck = tryAppend(client, event(id(), 0));
                CompletableFuture<Confirmation> behind = tryAppend(client, event(id(), 0));
                assertThat(Events.failure(stuck).getErrorCode()).isEqualTo("AXONIQ-2100");
                assertThat(Events.failure(behind).getErrorCode()).isEqualTo("AXONIQ-2100");
                connection.rollback();
            }
            Events.append(client, event(id(), 0));
        }
    }

    @Test
    void groupWithAggregatesThatAreNotNewAndEventsThatAreStoredFailsOnlyThose() throws Exception {
        try (TestNode node = TestNode.onEmptyStore()) {
            AxonServerConnection before = node.connect("before");
            String old = id();
            Event stored = event(id(), 0);
            Events.append(before, event(old, 0), stored);
            before.disconnect();
            node.restart();
            AxonServerConnection client = node.connect("after");
            Event copy = event(id(), 0).toBuilder()
                    .setMessageIdentifier(stored.getMessageIdentifier())
                    .build();
            List<CompletableFuture<Confirmation>> good = new ArrayList<>();
            CompletableFuture<Confirmation> conflict = tryAppend(client, event(old, 0));
            for (int i = 0; i < 50; i++) {
                good.add(tryAppend(client, event(id(), 0)));
            }
            CompletableFuture<Confirmation> duplicate = tryAppend(client, copy);
            good.add(tryAppend(client, event(old, 1)));
            assertThat(Events.failure(conflict).getErrorCode()).isEqualTo("AXONIQ-2000");
            assertThat(Events.failure(duplicate).getErrorCode()).isEqualTo("AXONIQ-9200");
            good.forEach(result -> assertThat(Events.get(result).getSuccess()).isTrue());
            assertThat(node.database().number("select next_index from axonserver.context"))
                    .isEqualTo(53);
        }
    }

    @Test
    void openTransactionsAreBoundedTogether() throws Exception {
        try (TestNode node = TestNode.onEmptyStore(Map.of("storage.openBytes", "1MB"))) {
            AxonServerConnection client = node.connect("client");
            SerializedObject large = SerializedObject.newBuilder()
                    .setData(ByteString.copyFrom(new byte[600_000]))
                    .build();
            AppendEventsTransaction open = client.eventChannel()
                    .startAppendEventsTransaction()
                    .appendEvent(
                            Events.loose("Open").toBuilder().setPayload(large).build());
            Awaitility.await().untilAsserted(() -> {
                Event another =
                        Events.loose("Large").toBuilder().setPayload(large).build();
                ErrorMessage refused = Events.failure(tryAppend(client, another));
                assertThat(refused.getLocation()).isEqualTo("RESOURCE_EXHAUSTED");
                assertThat(refused.getErrorCode()).isEqualTo("AXONIQ-1900");
            });
            open.rollback();
            Event last = Events.loose("Last").toBuilder().setPayload(large).build();
            Awaitility.await().ignoreExceptions().until(() -> {
                Events.append(client, last);
                return true;
            });
        }
    }

    @Test
    void transactionThatIsLeftOpenEnds() {
        try (TestNode node = TestNode.onEmptyStore(Map.of("storage.openTimeout", "100ms"))) {
            CompletableFuture<Confirmation> result = new CompletableFuture<>();
            EventStoreGrpc.newStub(node.channel())
                    .appendEvent(new StreamObserver<>() {
                        @Override
                        public void onNext(Confirmation value) {
                            result.complete(value);
                        }

                        @Override
                        public void onError(Throwable t) {
                            result.completeExceptionally(t);
                        }

                        @Override
                        public void onCompleted() {}
                    })
                    .onNext(event(id(), 0));
            assertThat(Events.failure(result).getErrorCode()).isEqualTo("AXONIQ-9900");
            assertThat(node.database().number("select count(*) from axonserver.event"))
                    .isZero();
        }
    }
}
