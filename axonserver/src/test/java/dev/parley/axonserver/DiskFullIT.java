package dev.parley.axonserver;

import static dev.parley.axonserver.Events.event;
import static dev.parley.axonserver.Events.id;
import static dev.parley.axonserver.Events.tryAppend;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import io.axoniq.axonserver.connector.AxonServerConnection;
import io.axoniq.axonserver.grpc.event.Event;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The disk that holds the events is full. It is a small file system in memory, in a mount namespace that ends with
/// PostgreSQL and needs no rights.
class DiskFullIT {

    private static final String MOUNT = "mount -t tmpfs -o size=24m,mode=0700 tmpfs \"$1\" && shift && exec \"$@\"";

    private static Event large(String aggregate, long sequence) {
        Event event = event(aggregate, sequence);
        byte[] incompressible = new byte[500_000];
        new Random(sequence).nextBytes(incompressible);
        return event.toBuilder()
                .setPayload(event.getPayload().toBuilder().setData(ByteString.copyFrom(incompressible)))
                .build();
    }

    private static boolean isStored(AxonServerConnection client, Event event) throws Exception {
        return tryAppend(client, event)
                .handle((confirmation, failure) -> failure == null)
                .get(20, TimeUnit.SECONDS);
    }

    @Test
    void appendsAreRefusedWhileTheDiskIsFullAndGoOnAfterwards(@TempDir Path folder) throws Exception {
        Path disk = Files.createDirectory(folder.resolve("disk"));
        Path data = folder.resolve("data");
        InstalledPostgres.create(data);
        List<String> onSmallDisk =
                List.of("unshare", "--user", "--map-root-user", "--mount", "sh", "-c", MOUNT, "sh", disk.toString());
        try (InstalledPostgres postgres = InstalledPostgres.start(data, onSmallDisk, List.of())) {
            TestDatabase database = postgres.database("postgres");
            database.execute("create tablespace disk location '" + disk + "'");
            try (TestNode node = new TestNode(database, Map.of());
                    Clients clients = new Clients(node.port())) {
                database.execute("alter table axonserver.event set tablespace disk");
                database.execute("create table ballast tablespace disk as"
                        + " select repeat(md5(n::text), 30) from generate_series(1, 8000) n");
                AxonServerConnection client = clients.connect("client");
                LogReader.Memory seen = new LogReader.Memory(0);
                try (LogReader reader = new LogReader(client, seen)) {
                    String aggregate = id();
                    int stored = 0;
                    while (isStored(client, large(aggregate, stored))) {
                        stored++;
                        assertThat(stored).isLessThan(100);
                    }
                    for (int i = 0; i < 3; i++) {
                        assertThat(Events.failure(tryAppend(client, large(aggregate, stored)))
                                        .getErrorCode())
                                .isEqualTo("AXONIQ-2100");
                    }
                    assertThat(Events.get(client.eventChannel().findHighestSequence(aggregate)))
                            .isEqualTo(stored - 1);
                    database.execute("drop table ballast");
                    int next = stored;
                    Awaitility.await().until(() -> isStored(client, large(aggregate, next)));
                    Awaitility.await().untilAsserted(() -> {
                        reader.check();
                        assertThat(seen.seen()).hasSize(next + 1);
                    });
                    assertThat(reader.streams()).isEqualTo(1);
                    StoredLog store = new StoredLog(database);
                    store.read();
                    store.begins(0, seen.seen());
                    assertThat(store.size()).isEqualTo(next + 1);
                }
            }
        }
    }
}
