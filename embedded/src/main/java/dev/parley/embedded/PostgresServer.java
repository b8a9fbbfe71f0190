package dev.parley.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/// One PostgreSQL in its data folder.
///
/// ```
/// pgdata/            the cluster, UTF-8, with checksums, sorted by code point
/// password           of the user parley, mode 0600
/// binaries/          the programs, unless the property parley.postgres.binaries names another folder
/// ```
final class PostgresServer implements Server {
    private static final String TITLE = "PostgreSQL";

    /// Above everything a configuration file or `ALTER SYSTEM` could say: a commit that was confirmed is on disk.
    private static final List<String> DURABLE = List.of("fsync=on", "synchronous_commit=on", "full_page_writes=on");

    private static final List<String> MODEST = List.of(
            "shared_buffers=128MB",
            "max_connections=60",
            "max_wal_size=1GB",
            "wal_level=minimal",
            "max_wal_senders=0",
            "max_logical_replication_workers=0",
            "unix_socket_directories=",
            "log_checkpoints=off",
            "log_line_prefix=%m [%p] ",
            "timezone=UTC",
            "log_timezone=UTC");

    private final DataFolder folder;
    private final PostgresAccess access;
    private final Consumer<String> progress;
    private final Path data;
    private Path programs;
    private Unprivileged unprivileged = Unprivileged.DIRECT;

    /// @param access the user that may enter, who becomes the owner of a new cluster
    PostgresServer(DataFolder folder, PostgresAccess access, Consumer<String> progress) {
        this.folder = folder;
        this.access = access;
        this.progress = progress;
        this.data = folder.resolve("pgdata");
        this.programs = folder.resolve("binaries");
    }

    @Override
    public String title() {
        return TITLE;
    }

    @Override
    public Ending ending() {
        return Ending.POSTGRES;
    }

    @Override
    public List<ServerState.Entry> alsoKnown() throws IOException {
        return PostmasterFile.read(data).stream().toList();
    }

    @Override
    public void prepare() throws IOException, InterruptedException {
        String shared = System.getProperty("parley.postgres.binaries", "");
        programs = PostgresBinaries.unpack(
                        shared.isEmpty()
                                ? folder.resolve("binaries")
                                : Path.of(shared).toAbsolutePath(),
                        progress)
                .resolve("bin");
        unprivileged = Unprivileged.choose(TITLE, folder.path(), List.of(programs.resolve("postgres")));
        if (Files.notExists(data)) {
            progress.accept("creating the database in " + data);
            createCluster();
        } else if (Files.notExists(data.resolve("PG_VERSION"))) {
            throw new EmbeddedStartException(
                    "%s exists but holds no PostgreSQL database: move it away, or name another data folder"
                            .formatted(data));
        }
        PostmasterFile.removeIfStale(data);
    }

    @Override
    public List<String> command(int port) {
        List<String> command =
                new ArrayList<>(List.of(programs.resolve("postgres").toString(), "-D", data.toString()));
        command.addAll(List.of("-h", "127.0.0.1", "-p", Integer.toString(port)));
        DURABLE.forEach(setting -> command.addAll(List.of("-c", setting)));
        MODEST.forEach(setting -> command.addAll(List.of("-c", setting)));
        return unprivileged.wrap(command);
    }

    @Override
    public Map<String, String> environment() {
        return Map.of("LC_ALL", "C");
    }

    @Override
    public boolean answers(int port) {
        return access.answers(port);
    }

    /// Children of a postmaster that was killed hold its shared memory for a moment longer.
    @Override
    public boolean mayRecover(String output) {
        return output.contains("pre-existing shared memory block");
    }

    /// Creates the cluster beside its place first, so that a start that was cut off leaves no half of one behind.
    private void createCluster() throws IOException, InterruptedException {
        Path beside = folder.resolve("pgdata.new");
        PrivateFiles.deleteTree(beside);
        List<String> command = List.of(
                programs.resolve("initdb").toString(),
                "--pgdata=" + beside,
                "--username=" + PostgresAccess.USER,
                "--pwfile=" + access.passwordFile(),
                "--auth=scram-sha-256",
                "--encoding=UTF8",
                "--locale=C",
                "--locale-provider=builtin",
                "--builtin-locale=C.UTF-8",
                "--data-checksums",
                "--no-instructions");
        ServerLog log = ServerLog.begin(folder.log());
        Process initdb = new ProcessBuilder(unprivileged.wrap(command))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.file().toFile()))
                .start();
        try {
            if (initdb.waitFor() != 0) {
                PrivateFiles.deleteTree(beside);
                throw new EmbeddedStartException("PostgreSQL's initdb failed in %s: %s (its log: %s)"
                        .formatted(folder.path(), log.cause(), log.file()));
            }
        } finally {
            initdb.destroy();
        }
        PrivateFiles.move(beside, data);
    }
}
