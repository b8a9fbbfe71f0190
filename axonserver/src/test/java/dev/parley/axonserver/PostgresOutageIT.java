package dev.parley.axonserver;

import static dev.parley.axonserver.Events.event;
import static dev.parley.axonserver.Events.id;
import static dev.parley.axonserver.Events.tryAppend;
import static org.assertj.core.api.Assertions.assertThat;

import io.axoniq.axonserver.connector.AxonServerConnection;
import io.axoniq.axonserver.connector.event.EventStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// PostgreSQL stops, stands still, and comes back, under load, while the node stays up.
class PostgresOutageIT {

    private static final long SEED = Long.getLong("seed", System.nanoTime());
    private static final long APPEND_TIMEOUT_MILLIS = 1000;
    private static final Map<String, Object> SETTINGS = Map.of(
            "storage.appendTimeout",
            APPEND_TIMEOUT_MILLIS + "ms",
            "storage.readTimeout",
            "1s",
            "storage.tailEvents",
            200);

    @TempDir
    private static Path folder;

    private static FragilePostgres postgres;

    @BeforeAll
    static void start() {
        postgres = new FragilePostgres(folder);
    }

    @AfterAll
    static void stop() {
        postgres.close();
    }

    /// Load and readers, an outage in their middle, and the check that nothing is lost.
    private static void during(Runnable outage) throws Exception {
        System.out.println("seed=" + SEED);
        postgres.database().execute("drop schema if exists axonserver cascade");
        try (TestNode node = new TestNode(postgres.database(), SETTINGS);
                Clients clients = new Clients(node.port());
                AppendLoad load = new AppendLoad(List.of(clients.connect("a"), clients.connect("b")), 8, SEED)) {
            LogReader.Memory seen = new LogReader.Memory(0);
            try (LogReader reader = new LogReader(clients.connect("reader"), seen)) {
                progress(load);
                outage.run();
                progress(load);
                load.stop();
                StoredLog store = new StoredLog(postgres.database());
                store.read();
                store.holds(load.acknowledged());
                store.holdsNot(load.refused());
                LogReader.Memory late = new LogReader.Memory(0);
                try (LogReader second = new LogReader(clients.connect("late"), late)) {
                    Awaitility.await().untilAsserted(() -> {
                        reader.check();
                        second.check();
                        assertThat(seen.seen()).hasSize(store.size());
                        assertThat(late.seen()).hasSize(store.size());
                    });
                }
                store.begins(0, seen.seen());
                store.begins(0, late.seen());
                System.out.println("slowest answer " + load.slowestMillis() + " ms, acknowledged " + load.transactions()
                        + ", failed " + load.failures() + ", streams " + reader.streams());
                assertThat(load.failures()).isPositive();
                assertThat(load.slowestMillis()).isLessThan(APPEND_TIMEOUT_MILLIS + 1500);
            }
        }
    }

    private static void progress(AppendLoad load) {
        long before = load.transactions();
        Awaitility.await()
                .atMost(Duration.ofSeconds(20))
                .pollInterval(Duration.ofMillis(20))
                .until(() -> load.transactions() > before + 50);
    }

    private static void pass(long millis) {
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(millis));
    }

    @Test
    void stoppedDatabaseLosesNothing() throws Exception {
        during(() -> {
            postgres.stopFast();
            pass(APPEND_TIMEOUT_MILLIS + 300);
            postgres.start();
        });
    }

    @Test
    void crashedDatabaseLosesNothing() throws Exception {
        during(() -> {
            postgres.stopImmediately();
            pass(APPEND_TIMEOUT_MILLIS + 300);
            postgres.start();
        });
    }

    @Test
    void frozenDatabaseIsAnsweredForAndLosesNothing() throws Exception {
        during(() -> {
            postgres.freeze();
            pass(3 * APPEND_TIMEOUT_MILLIS);
            postgres.thaw();
        });
    }

    @Test
    void readsOfAFrozenDatabaseFailInTime() throws Exception {
        postgres.database().execute("drop schema if exists axonserver cascade");
        try (TestNode node = new TestNode(postgres.database(), SETTINGS);
                Clients clients = new Clients(node.port())) {
            AxonServerConnection client = clients.connect("client");
            String aggregate = id();
            Events.append(client, event(aggregate, 0));
            postgres.freeze();
            try {
                var reading = client.eventChannel().findHighestSequence(aggregate);
                Awaitility.await().atMost(Duration.ofSeconds(15)).until(reading::isDone);
                assertThat(reading).isCompletedExceptionally();
                // What is in memory needs no database.
                try (EventStream stream = client.eventChannel().openStream(-1, 16)) {
                    assertThat(stream.nextIfAvailable(5, TimeUnit.SECONDS)).isNotNull();
                }
            } finally {
                postgres.thaw();
            }
            Awaitility.await()
                    .ignoreExceptions()
                    .untilAsserted(
                            () -> assertThat(Events.get(client.eventChannel().findHighestSequence(aggregate)))
                                    .isZero());
        }
    }

    @Test
    void nodeClosesThoughItsDatabaseIsFrozen() throws Exception {
        postgres.database().execute("drop schema if exists axonserver cascade");
        Set<Thread> others = writers();
        TestNode node = new TestNode(postgres.database(), SETTINGS);
        try {
            AxonServerConnection client = node.connect("client");
            Events.append(client, event(id(), 0));
            postgres.freeze();
            var stuck = tryAppend(client, event(id(), 0));
            Thread closing = Thread.ofPlatform().start(node::close);
            assertThat(closing.join(Duration.ofSeconds(10))).isTrue();
            assertThat(stuck).isDone();
            Awaitility.await().atMost(Duration.ofSeconds(10)).until(() -> others.containsAll(writers()));
        } finally {
            postgres.thaw();
        }
    }

    /// The writers of all nodes in this JVM.
    private static Set<Thread> writers() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("axonserver-writer"))
                .collect(Collectors.toSet());
    }
}
