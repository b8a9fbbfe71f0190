package dev.parley.axonserver;

import static dev.parley.axonserver.Events.event;
import static dev.parley.axonserver.Events.id;
import static org.assertj.core.api.Assertions.assertThat;

import io.axoniq.axonserver.connector.AxonServerConnection;
import io.axoniq.axonserver.connector.event.EventStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The backups that the README describes, taken under load with PostgreSQL's own programs, and restored.
class BackupIT {

    private static final long SEED = Long.getLong("seed", System.nanoTime());

    @TempDir
    private static Path folder;

    private static Path archive;
    private static InstalledPostgres postgres;

    @BeforeAll
    static void start() throws IOException {
        archive = Files.createDirectory(folder.resolve("archive"));
        InstalledPostgres.create(folder.resolve("data"));
        postgres = InstalledPostgres.start(
                folder.resolve("data"),
                List.of(),
                List.of(
                        "wal_level=replica",
                        "archive_mode=on",
                        "archive_command=test ! -f " + archive + "/%f && cp %p " + archive + "/%f"));
    }

    @AfterAll
    static void stop() {
        postgres.close();
    }

    private static void progress(AppendLoad load) {
        long before = load.transactions();
        Awaitility.await()
                .atMost(Duration.ofSeconds(20))
                .pollInterval(Duration.ofMillis(20))
                .until(() -> load.transactions() > before + 50);
    }

    /// A node on a restored store goes on where the backup ends.
    ///
    /// @param before acknowledged before the backup
    /// @param original what the store held in the end
    private static void goesOn(TestDatabase restored, Set<String> before, StoredLog original) throws Exception {
        try (TestNode node = new TestNode(restored, Map.of());
                Clients clients = new Clients(node.port())) {
            StoredLog store = new StoredLog(restored);
            store.read();
            store.holds(before);
            assertThat(store.size()).isLessThan(original.size());
            original.begins(0, store.identifiers());
            AxonServerConnection client = clients.connect("client");
            try (EventStream late = client.eventChannel().openStream(original.size() - 1, 16)) {
                Awaitility.await().until(late::isClosed);
                assertThat(late.getError().orElseThrow()).hasMessageContaining("another event store");
            }
            Events.append(client, event(id(), 0));
            LogReader.Memory seen = new LogReader.Memory(0);
            try (LogReader reader = new LogReader(client, seen)) {
                Awaitility.await().untilAsserted(() -> {
                    reader.check();
                    assertThat(seen.seen()).hasSize(store.size() + 1);
                });
            }
            store.read();
            store.begins(0, seen.seen());
        }
    }

    @Test
    void dumpTakenUnderLoadIsAConsistentBeginningOfTheLog() throws Exception {
        System.out.println("seed=" + SEED);
        postgres.client("createdb", "dumped");
        TestDatabase database = postgres.database("dumped");
        Path dump = folder.resolve("events.dump");
        Set<String> before;
        StoredLog original = new StoredLog(database);
        try (TestNode node = new TestNode(database, Map.of());
                Clients clients = new Clients(node.port());
                AppendLoad load = new AppendLoad(List.of(clients.connect("a"), clients.connect("b")), 8, SEED)) {
            progress(load);
            before = Set.copyOf(load.acknowledged());
            postgres.client("pg_dump", "--format=custom", "--schema=axonserver", "--file=" + dump, "dumped");
            progress(load);
            load.stop();
            assertThat(load.failures()).as("a dump hinders nobody").isZero();
            original.read();
        }
        postgres.client("createdb", "restored");
        postgres.client("pg_restore", "--single-transaction", "--no-owner", "--dbname=restored", dump.toString());
        goesOn(postgres.database("restored"), before, original);
    }

    @Test
    void baseBackupAndArchivedLogRestoreAPointInTime() throws Exception {
        System.out.println("seed=" + SEED);
        postgres.client("createdb", "live");
        TestDatabase database = postgres.database("live");
        Path base = folder.resolve("base");
        Set<String> before;
        StoredLog original = new StoredLog(database);
        try (TestNode node = new TestNode(database, Map.of());
                Clients clients = new Clients(node.port());
                AppendLoad load = new AppendLoad(List.of(clients.connect("a"), clients.connect("b")), 8, SEED)) {
            progress(load);
            postgres.client("pg_basebackup", "--checkpoint=fast", "--wal-method=none", "--no-sync", "--pgdata=" + base);
            progress(load);
            before = Set.copyOf(load.acknowledged());
            database.execute("select pg_create_restore_point('good')");
            progress(load);
            load.stop();
            assertThat(load.failures()).as("a backup hinders nobody").isZero();
            original.read();
        }
        String segment = database.text("select pg_walfile_name(pg_switch_wal())");
        Awaitility.await()
                .until(() -> database.number(
                                "select count(*) from pg_stat_archiver where last_archived_wal >= '" + segment + "'")
                        == 1);
        Files.writeString(
                base.resolve("postgresql.auto.conf"),
                "restore_command = 'cp " + archive + "/%f %p'\n"
                        + "recovery_target_name = 'good'\nrecovery_target_action = 'promote'\n",
                StandardOpenOption.APPEND);
        Files.createFile(base.resolve("recovery.signal"));
        try (InstalledPostgres restored = InstalledPostgres.start(base, List.of(), List.of())) {
            goesOn(restored.database("live"), before, original);
        }
    }
}
