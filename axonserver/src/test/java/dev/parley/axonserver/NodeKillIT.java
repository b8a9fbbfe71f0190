package dev.parley.axonserver;

import static org.assertj.core.api.Assertions.assertThat;

import io.axoniq.axonserver.connector.AxonServerConnection;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The node as a process, and its PostgreSQL, are killed under load again and again. 5 rounds; the profile `nightly`
/// plays at least 50.
class NodeKillIT {

    private static final long SEED = Long.getLong("seed", System.nanoTime());
    private static final int ROUNDS = Integer.getInteger("parley.kill.rounds", 5);
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private enum Victim {
        NODE,
        POSTGRES,
        BOTH
    }

    /// Each victim in every five rounds, in random order.
    private static List<Victim> victims(Random random) {
        List<Victim> all = new ArrayList<>();
        while (all.size() < ROUNDS) {
            List<Victim> five =
                    new ArrayList<>(List.of(Victim.NODE, Victim.NODE, Victim.NODE, Victim.POSTGRES, Victim.BOTH));
            Collections.shuffle(five, random);
            all.addAll(five);
        }
        return all.subList(0, ROUNDS);
    }

    private static void kill(Victim victim, NodeProcess node, FragilePostgres postgres) throws SQLException {
        if (victim == Victim.NODE) {
            node.kill();
            return;
        }
        killMidCommit(postgres, victim == Victim.BOTH ? node::kill : () -> {});
        postgres.start();
    }

    /// A group of events is under way and cannot be committed any more: whoever was told that it is, or has seen it,
    /// was
    /// lied to.
    private static void killMidCommit(FragilePostgres postgres, Runnable before) throws SQLException {
        TestDatabase database = postgres.database();
        Connection blocking = DriverManager.getConnection(postgres.url(), postgres.user(), postgres.password());
        blocking.setAutoCommit(false);
        blocking.createStatement().execute("select 1 from axonserver.context where id = 0 for update");
        Awaitility.await()
                .pollInterval(Duration.ofMillis(10))
                .until(() ->
                        database.number("select count(*) from pg_stat_activity where wait_event_type = 'Lock'") > 0);
        pass(50);
        before.run();
        postgres.kill();
        blocking.abort(Runnable::run);
    }

    private static void pass(long millis) {
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(millis));
    }

    @Test
    void nothingIsLostOrSeenTwiceWhenAnybodyIsKilled(@TempDir Path folder) throws Exception {
        System.out.println("seed=" + SEED);
        long began = System.nanoTime();
        Random random = new Random(SEED);
        try (FragilePostgres postgres = new FragilePostgres(folder);
                NodeProcess node = new NodeProcess(postgres, List.of("-Xmx192m"), Map.of("storage.tailEvents", 500));
                Clients clients = new Clients(node.port());
                FrameworkProcessor framework = new FrameworkProcessor(node.port());
                AppendLoad load =
                        new AppendLoad(List.of(clients.connect("appender1"), clients.connect("appender2")), 12, SEED)) {
            awaitProgress(load);
            AxonServerConnection reading = clients.connect("readers");
            LogReader.Memory all = new LogReader.Memory(0);
            LogReader.Memory live =
                    new LogReader.Memory(1 + Events.get(reading.eventChannel().getLastToken()));
            try (LogReader first = new LogReader(reading, all);
                    LogReader second = new LogReader(reading, live);
                    LogReader projection = new LogReader(reading, new LogReader.Projection(postgres.database()))) {
                List<LogReader> readers = List.of(first, second, projection);
                StoredLog store = new StoredLog(postgres.database());
                for (Victim victim : victims(random)) {
                    awaitProgress(load);
                    pass(random.nextInt(600));
                    kill(victim, node, postgres);
                    CompletableFuture<Void> started = CompletableFuture.runAsync(() -> startIfKilled(victim, node));
                    List<String> seen = all.seen();
                    List<String> seenLive = live.seen();
                    List<String> handled = framework.handled();
                    Set<String> acknowledged = Set.copyOf(load.acknowledged());
                    store.read();
                    store.holds(acknowledged);
                    store.begins(0, seen);
                    store.begins(live.first(), seenLive);
                    store.begins(0, handled);
                    readers.forEach(LogReader::check);
                    started.join();
                }
                awaitProgress(load);
                load.stop();
                store.read();
                store.readAgain();
                store.holds(load.acknowledged());
                store.holdsNot(load.refused());
                Awaitility.await().atMost(PATIENCE).untilAsserted(() -> {
                    readers.forEach(LogReader::check);
                    assertThat(all.seen()).hasSize(store.size());
                    assertThat(live.position()).isEqualTo(store.size() - 1);
                    assertThat(framework.handled()).hasSameSizeAs(store.identifiers());
                    assertThat(postgres.database().number("select count(*) from proof.handled"))
                            .isEqualTo(store.size());
                });
                store.begins(0, all.seen());
                store.begins(live.first(), live.seen());
                store.begins(0, framework.handled());
                assertThat(postgres.database().number("""
                        select count(*) from proof.handled h full join axonserver.event e on e.global_index = h.token
                         where e.message_id is distinct from h.message_id""")).isZero();
                assertThat(postgres.database().number("select token from proof.position"))
                        .isEqualTo(store.size() - 1);
                System.out.printf(
                        "kills=%d acknowledged transactions=%d events=%d failures=%d streams=%d seconds=%.1f%n",
                        ROUNDS,
                        load.transactions(),
                        store.size(),
                        load.failures(),
                        first.streams(),
                        (System.nanoTime() - began) / 1e9);
            }
        }
    }

    private static void startIfKilled(Victim victim, NodeProcess node) {
        if (victim != Victim.POSTGRES) {
            node.start();
        }
    }

    /// Appends are acknowledged again: clients have found the node, and the node its database.
    private static void awaitProgress(AppendLoad load) {
        long before = load.transactions();
        Awaitility.await()
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(20))
                .until(() -> load.transactions() > before + 50);
    }
}
