package dev.parley.benchmarks;

import dev.parley.benchmarks.Benchmarks.Options;
import dev.parley.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;
import org.springframework.util.FileSystemUtils;

/// A Parley of `bin/run` in a process of its own, with an empty data folder, on a PostgreSQL that goes on while Parley
/// is stopped and started with other roles. For one thread.
final class OwnParley implements AutoCloseable {

    static final String ALL = "axonserver,command-side,query-side,delivery,notifications";

    private static final long START_SECONDS = 180;
    private static final long STOP_SECONDS = 60;
    private static final String READY = "Parley is ready.";

    private final Path folder;
    private final EmbeddedPostgres postgres;
    private final SingleConnectionDataSource database;
    private final List<String> arguments;
    private final String javaOptions;
    private final int port;
    private @Nullable Process process;
    private @Nullable Path output;

    /// @param arguments of `bin/run`, at each start; options: `--java-opts` of its JVM
    OwnParley(Options options, List<String> arguments) throws IOException {
        Path data = Files.createDirectories(Path.of(System.getProperty("parley.benchmark.data", "benchmark-data")));
        this.folder = Files.createTempDirectory(data, "parley");
        this.postgres = EmbeddedPostgres.start(folder.resolve("postgresql"));
        this.arguments = arguments;
        this.javaOptions = options.text("java-opts", "");
        this.port = freePort();
        this.database = new SingleConnectionDataSource(postgres.jdbcUrl(), postgres.user(), postgres.password(), true);
        Runtime.getRuntime().addShutdownHook(new Thread(this::close, "close-parley"));
    }

    URI address() {
        return URI.create("http://127.0.0.1:" + port);
    }

    List<URI> gateways() {
        return List.of(URI.create("ws://127.0.0.1:" + port + "/ws"));
    }

    int port() {
        return port;
    }

    /// One connection, kept.
    JdbcClient database() {
        return JdbcClient.create(database);
    }

    /// Returns when it says that it is ready.
    ///
    /// @param roles separated by commas
    /// @throws IOException if it does not start; what it said is in the message
    void start(String roles) throws IOException, InterruptedException {
        launch(roles);
        awaitReady();
    }

    /// After [#launch].
    void awaitReady() throws IOException, InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(START_SECONDS);
        while (!said().contains(READY)) {
            requireAlive();
            if (System.nanoTime() > end) {
                throw new IOException("Parley does not start: " + said());
            }
            Thread.sleep(100);
        }
    }

    /// Starts it without waiting for anything.
    void launch(String roles) throws IOException {
        List<String> command = new ArrayList<>(
                List.of(System.getProperty("parley.root", ".") + "/bin/run", "--roles", roles, "--port", "" + port));
        command.addAll(List.of("--data", folder.resolve("data").toString()));
        command.addAll(List.of("--parley.axonserver.port=" + freePort(), "--parley.command-side.password-strength=4"));
        for (String limit : List.of("registrations-per-address", "changes-per-account", "changes-per-conversation")) {
            command.add("--parley.command-side.limits." + limit + "=1000000/1s");
        }
        command.addAll(arguments);
        output = Files.createTempFile(folder, "output", ".txt");
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
        builder.environment().put("JAVA_OPTS", javaOptions);
        builder.environment().put("SPRING_DATASOURCE_URL", postgres.jdbcUrl());
        builder.environment().put("SPRING_DATASOURCE_USERNAME", postgres.user());
        builder.environment().put("SPRING_DATASOURCE_PASSWORD", postgres.password());
        process = builder.start();
    }

    /// @throws IOException if it has ended; what it said is in the message
    void requireAlive() throws IOException {
        if (!process().isAlive()) {
            throw new IOException("Parley has ended: " + said());
        }
    }

    /// In good order. What was accepted is on disk.
    void stop() throws InterruptedException {
        if (process != null) {
            process.destroy();
            if (!process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
            process = null;
        }
    }

    /// Of Parley's JVM and its children, Elasticsearch among them.
    CpuClock cpuClock() {
        return new CpuClock(List.of(process().toHandle()));
    }

    /// Of all of PostgreSQL.
    CpuClock databaseClock() {
        return new CpuClock(List.of(ProcessHandle.of(postgres.pid()).orElseThrow()));
    }

    private Process process() {
        if (process == null) {
            throw new IllegalStateException("Parley is not running");
        }
        return process;
    }

    private String said() throws IOException {
        return output == null ? "" : Files.readString(output);
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    /// Deletes its data, too.
    @Override
    public synchronized void close() {
        try {
            stop();
            database.destroy();
            postgres.close();
            FileSystemUtils.deleteRecursively(folder);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            System.err.println("Not deleted: " + folder);
        }
    }
}
