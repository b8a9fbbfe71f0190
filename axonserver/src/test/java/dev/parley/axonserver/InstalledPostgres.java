package dev.parley.axonserver;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.postgresql.ds.PGSimpleDataSource;

/// A PostgreSQL that the machine has with all its own programs, such as `pg_dump`; what the tests otherwise run on has
/// only the server. `bin/install-test-tools` installs one. Every server of it is the test's own, in a folder of its
/// own.
final class InstalledPostgres implements AutoCloseable {

    private static final List<String> NEEDED =
            List.of("initdb", "postgres", "pg_dump", "pg_restore", "pg_basebackup", "createdb");
    private static final String USER = "parley";

    private final Path data;
    private final int port;
    private final Process process;

    private InstalledPostgres(Path data, int port, Process process) {
        this.data = data;
        this.port = port;
        this.process = process;
    }

    /// Makes a cluster.
    static void create(Path data) {
        run("initdb", "--pgdata=" + data, "--username=" + USER, "--auth=trust", "--encoding=UTF8", "--no-sync");
    }

    /// Starts a server on a cluster, on a free port; returns when it takes connections that may write.
    ///
    /// @param wrapper a command that runs the command which follows it
    /// @param settings such as `wal_level=replica`
    static InstalledPostgres start(Path data, List<String> wrapper, List<String> settings) {
        int port = freePort();
        List<String> command = new ArrayList<>(wrapper);
        command.addAll(unprivileged(program("postgres")));
        command.addAll(List.of("-D", data.toString(), "-h", "127.0.0.1", "-p", Integer.toString(port)));
        command.addAll(List.of("-c", "unix_socket_directories="));
        settings.forEach(setting -> command.addAll(List.of("-c", setting)));
        try {
            Path log = data.resolveSibling(data.getFileName() + ".log");
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                    .start();
            InstalledPostgres server = new InstalledPostgres(data, port, process);
            try {
                Awaitility.await("PostgreSQL, see " + log)
                        .atMost(60, TimeUnit.SECONDS)
                        .ignoreExceptions()
                        .until(() -> server.database("postgres")
                                        .number("select case when pg_is_in_recovery() then 0 else 1 end")
                                == 1);
            } catch (RuntimeException e) {
                server.close();
                throw new IllegalStateException(Files.readString(log), e);
            }
            return server;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    TestDatabase database(String name) {
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setUrl("jdbc:postgresql://127.0.0.1:" + port + "/" + name);
        source.setUser(USER);
        return new TestDatabase(source);
    }

    /// Runs one of PostgreSQL's programs against this server, and returns when it has succeeded.
    void client(String program, String... arguments) {
        List<String> all =
                new ArrayList<>(List.of("--host=127.0.0.1", "--port=" + port, "--username=" + USER, "--no-password"));
        all.addAll(List.of(arguments));
        run(program, all.toArray(String[]::new));
    }

    Path data() {
        return data;
    }

    /// Kills it with all its processes, as a disaster would.
    @Override
    public void close() {
        new ProcessTree(process.toHandle()).kill();
    }

    private static void run(String program, String... arguments) {
        List<String> command = new ArrayList<>(unprivileged(program(program)));
        command.addAll(List.of(arguments));
        try {
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            String output = new String(process.getInputStream().readAllBytes());
            if (process.waitFor() != 0) {
                throw new IllegalStateException(String.join(" ", command) + ": " + output);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /// PostgreSQL refuses to be root, and is content with a user namespace.
    private static List<String> unprivileged(String program) {
        return "root".equals(System.getProperty("user.name"))
                ? List.of("unshare", "-U", "--map-user=65534", "--map-group=65534", program)
                : List.of(program);
    }

    private static String program(String name) {
        return installation().resolve(name).toString();
    }

    /// The newest one that is complete.
    private static Path installation() {
        List<Path> all = new ArrayList<>();
        for (String parent : List.of("/usr/lib/postgresql", "/usr", "/opt/homebrew/opt", "/usr/local/opt")) {
            try (Stream<Path> folders = Files.list(Path.of(parent))) {
                folders.map(folder -> folder.resolve("bin")).forEach(all::add);
            } catch (IOException e) {
                // Another system keeps it elsewhere.
            }
        }
        String path = System.getenv("PATH");
        Stream.of(path == null ? new String[0] : path.split(":")).map(Path::of).forEach(all::add);
        return all.stream()
                .filter(folder -> NEEDED.stream().allMatch(name -> Files.isExecutable(folder.resolve(name))))
                .max(Comparator.comparing(Path::toString))
                .orElseThrow(() -> new IllegalStateException("This test needs PostgreSQL with all its programs"
                        + " (pg_dump, pg_basebackup and so on): bin/install-test-tools installs it"));
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
