package dev.parley.embedded;

import java.nio.file.Path;
import java.util.function.Consumer;

/// A PostgreSQL that runs as a direct child process of this JVM, with the database `parley`.
///
/// What is committed survives any end of the server, of this JVM and of the machine. The data stays in the data
/// folder; the next start there goes on with it, and first ends a server that an earlier JVM left behind because it
/// was killed.
///
/// Thread-safe. Whoever starts it closes it: nothing does that at the end of the JVM, unless [#closeAtExit()] was
/// called.
public final class EmbeddedPostgres implements AutoCloseable {
    private final RunningServer running;
    private final PostgresAccess access;

    private EmbeddedPostgres(RunningServer running, PostgresAccess access) {
        this.running = running;
        this.access = access;
    }

    /// Starts with the default settings.
    ///
    /// @throws EmbeddedStartException see [#start(EmbeddedPostgresSettings, Consumer)]
    public static EmbeddedPostgres start(Path dataFolder) {
        return start(EmbeddedPostgresSettings.of(dataFolder));
    }

    /// Starts without telling the progress.
    ///
    /// @throws EmbeddedStartException see [#start(EmbeddedPostgresSettings, Consumer)]
    public static EmbeddedPostgres start(EmbeddedPostgresSettings settings) {
        return start(settings, step -> {});
    }

    /// Returns when the server takes connections: a second or two, some more on the first start in a folder. May be
    /// called by several threads for several folders at once.
    ///
    /// @param progress told each step in a few words, by the calling thread
    /// @throws EmbeddedStartException when it cannot be started; nothing is left running then
    public static EmbeddedPostgres start(EmbeddedPostgresSettings settings, Consumer<String> progress) {
        DataFolder folder = DataFolder.open("PostgreSQL", settings.dataFolder(), settings.minimumFreeBytes());
        try {
            PostgresAccess access = PostgresAccess.of(folder);
            Server server = new PostgresServer(folder, access, progress);
            RunningServer running = new ServerLaunch(server, folder, progress).launch(settings.port());
            try {
                access.createDatabase(running.port());
                return new EmbeddedPostgres(running, access);
            } catch (RuntimeException e) {
                running.close();
                throw e;
            }
        } catch (RuntimeException e) {
            folder.close();
            throw e;
        }
    }

    /// Where the database `parley` is, without user and password.
    public String jdbcUrl() {
        return PostgresAccess.url(running.port(), PostgresAccess.DATABASE);
    }

    /// The owner of the database, a superuser.
    public String user() {
        return PostgresAccess.USER;
    }

    public String password() {
        return access.password();
    }

    public int port() {
        return running.port();
    }

    /// The process id of the postmaster.
    public long pid() {
        return running.pid();
    }

    /// Closes at the end of this JVM; meant for tests that share one server.
    ///
    /// @return this
    public EmbeddedPostgres closeAtExit() {
        Runtime.getRuntime().addShutdownHook(new Thread(this::close, "close-postgres"));
        return this;
    }

    /// Ends the server by a fast shutdown: open sessions are cut off, everything committed is kept. Takes at most
    /// 40 seconds, commonly a tenth of one. Does nothing the second time.
    @Override
    public void close() {
        running.close();
    }
}
