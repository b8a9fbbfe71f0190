package dev.parley.axonserver;

import com.google.protobuf.ByteString;
import com.sun.management.OperatingSystemMXBean;
import io.axoniq.axonserver.connector.AxonServerConnection;
import io.axoniq.axonserver.connector.AxonServerConnectionFactory;
import io.axoniq.axonserver.connector.event.EventStream;
import io.axoniq.axonserver.connector.impl.ServerAddress;
import io.axoniq.axonserver.grpc.event.Confirmation;
import io.axoniq.axonserver.grpc.event.Event;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/// Says what appending and reading costs: processor time a transaction and an event, of the JVM (client and node) and
/// of PostgreSQL. A program, not a test: `StoreLoad [transactions] [in flight] [rounds]`.
final class StoreLoad {

    private static final int PAYLOAD_BYTES = 200;
    private static final double NANOS_PER_TICK = 1e7;

    private record Cost(long wall, long jvm, double postgres) {}

    private final EmbeddedPostgres postgres;
    private final AxonServerConnection client;

    private StoreLoad(EmbeddedPostgres postgres, AxonServerConnection client) {
        this.postgres = postgres;
        this.client = client;
    }

    public static void main(String[] arguments) throws Exception {
        int transactions = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 50_000;
        int inFlight = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 256;
        int rounds = arguments.length > 2 ? Integer.parseInt(arguments[2]) : 4;
        try (EmbeddedPostgres postgres = EmbeddedPostgres.builder()
                        .setServerConfig("fsync", "on")
                        .setServerConfig("synchronous_commit", "on")
                        .setServerConfig("max_wal_size", "4GB")
                        .start();
                AxonServerNode node = AxonServerNode.start(
                        AxonServerNodeProperties.with(Map.of("port", 0)), postgres.getPostgresDatabase())) {
            AxonServerConnectionFactory factory = AxonServerConnectionFactory.forClient("load", "load")
                    .routingServers(new ServerAddress("127.0.0.1", node.port()))
                    .build();
            try {
                StoreLoad load = new StoreLoad(postgres, factory.connect("default"));
                for (int round = 0; round < rounds; round++) {
                    load.append(transactions, inFlight);
                    load.follow("live", transactions, inFlight);
                    load.read(Math.min(200_000, transactions * 2));
                }
            } finally {
                factory.shutdown();
            }
        }
    }

    private void append(int transactions, int inFlight) throws Exception {
        long wal = wal();
        Cost cost = measure(() -> appendAll(transactions, inFlight));
        print("append", transactions, cost);
        System.out.printf(Locale.ROOT, "  WAL %d bytes an event%n", (wal() - wal) / transactions);
    }

    private void follow(String what, int transactions, int inFlight) throws Exception {
        long head = client.eventChannel().getLastToken().get();
        try (EventStream stream = client.eventChannel().openStream(head, 4096, 1024)) {
            print(what, transactions, measure(() -> {
                appendAll(transactions, inFlight);
                take(stream, transactions);
            }));
        }
    }

    private void read(int events) throws Exception {
        try (EventStream stream = client.eventChannel().openStream(-1, 4096, 1024)) {
            print("read", events, measure(() -> take(stream, events)));
        }
    }

    private static void take(EventStream stream, int events) throws InterruptedException {
        for (int i = 0; i < events; i++) {
            if (stream.nextIfAvailable(10, TimeUnit.SECONDS) == null) {
                throw new IllegalStateException("Only " + i + " events came: " + stream.getError());
            }
        }
    }

    private void appendAll(int transactions, int inFlight) throws InterruptedException {
        Semaphore permits = new Semaphore(inFlight);
        AtomicInteger failed = new AtomicInteger();
        ByteString payload = ByteString.copyFrom(new byte[PAYLOAD_BYTES]);
        for (int i = 0; i < transactions; i++) {
            permits.acquire();
            Event event = Events.event(Events.id(), 0);
            Event sized = event.toBuilder()
                    .setPayload(event.getPayload().toBuilder().setData(payload))
                    .build();
            CompletableFuture<Confirmation> _ = client.eventChannel()
                    .startAppendEventsTransaction()
                    .appendEvent(sized)
                    .commit()
                    .whenComplete((c, e) -> {
                        if (e != null) {
                            failed.incrementAndGet();
                        }
                        permits.release();
                    });
        }
        permits.acquire(inFlight);
        if (failed.get() > 0) {
            throw new IllegalStateException(failed + " transactions failed");
        }
    }

    private interface Work {
        void run() throws Exception;
    }

    private Cost measure(Work work) throws Exception {
        OperatingSystemMXBean system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        long wall = System.nanoTime();
        long jvm = system.getProcessCpuTime();
        double database = postgresNanos();
        work.run();
        return new Cost(System.nanoTime() - wall, system.getProcessCpuTime() - jvm, postgresNanos() - database);
    }

    private static void print(String what, int count, Cost cost) {
        System.out.printf(
                Locale.ROOT,
                "%-7s %7d: %6.0f/s; processor us each: JVM %.1f, PostgreSQL %.1f, both %.1f; heap %d MB%n",
                what,
                count,
                count * 1e9 / cost.wall(),
                cost.jvm() / 1e3 / count,
                cost.postgres() / 1e3 / count,
                (cost.jvm() + cost.postgres()) / 1e3 / count,
                (Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory()) >> 20);
    }

    private long wal() throws SQLException {
        try (Connection connection = postgres.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("select pg_current_wal_lsn() - '0/0'::pg_lsn")) {
            row.next();
            return row.getLong(1);
        }
    }

    /// Processor time of the server's processes, which are the children of the one that this JVM's are of.
    private double postgresNanos() throws IOException {
        List<String[]> processes = new ArrayList<>();
        try (Stream<Path> all = Files.list(Path.of("/proc"))) {
            for (Path process :
                    all.filter(p -> p.getFileName().toString().matches("\\d+")).toList()) {
                try {
                    String stat = Files.readString(process.resolve("stat"));
                    if (stat.contains("(postgres)")) {
                        processes.add(stat.substring(stat.indexOf(')') + 2).split(" "));
                    }
                } catch (IOException e) {
                    // It ended meanwhile.
                }
            }
        }
        String ours = postmaster();
        return processes.stream()
                .filter(fields -> fields[1].equals(ours))
                .mapToDouble(fields -> (Long.parseLong(fields[11]) + Long.parseLong(fields[12])) * NANOS_PER_TICK)
                .sum();
    }

    private String postmaster() throws IOException {
        try (Connection connection = postgres.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("select pg_read_file('postmaster.pid')")) {
            row.next();
            return row.getString(1).lines().findFirst().orElseThrow();
        } catch (SQLException e) {
            throw new IOException(e);
        }
    }
}
