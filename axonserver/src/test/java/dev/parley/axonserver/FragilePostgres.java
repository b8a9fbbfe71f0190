package dev.parley.axonserver;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.parley.embedded.EmbeddedPostgres;
import dev.parley.embedded.EmbeddedPostgresSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// A PostgreSQL of its own that a test stops, kills, freezes and starts again, always on the same port and data. Its
/// commits are flushed, as in production.
final class FragilePostgres implements AutoCloseable {

    private final HikariDataSource dataSource;
    private EmbeddedPostgresSettings settings;
    private EmbeddedPostgres server;

    FragilePostgres(Path folder) {
        settings = new EmbeddedPostgresSettings(folder, 0, 0);
        start();
        settings = settings.withPort(server.port());
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(url());
        config.setUsername(server.user());
        config.setPassword(server.password());
        config.setMinimumIdle(0);
        config.setMaximumPoolSize(4);
        config.setConnectionTimeout(10_000);
        config.setInitializationFailTimeout(-1);
        config.addDataSourceProperty("socketTimeout", "20");
        dataSource = new HikariDataSource(config);
    }

    /// Starts it again after one of the endings.
    void start() {
        if (server != null) {
            server.close();
        }
        server = EmbeddedPostgres.start(settings);
    }

    /// Ends sessions and stops in order.
    void stopFast() {
        server.close();
    }

    /// Stops without a checkpoint: the next start recovers from the log.
    void stopImmediately() {
        signal("QUIT", List.of(postmaster()));
        postmaster().onExit().orTimeout(20, TimeUnit.SECONDS).join();
    }

    /// Kills all processes at once, as the end of the machine would.
    void kill() {
        List<ProcessHandle> all = processes();
        signal("KILL", all);
        all.forEach(process -> process.onExit().orTimeout(20, TimeUnit.SECONDS).join());
    }

    /// All of it stands still, with its connections open.
    void freeze() {
        signal("STOP", processes());
    }

    void thaw() {
        signal("CONT", processes());
    }

    TestDatabase database() {
        return new TestDatabase(dataSource);
    }

    String url() {
        return server.jdbcUrl();
    }

    String user() {
        return server.user();
    }

    String password() {
        return server.password();
    }

    @Override
    public void close() {
        dataSource.close();
        thaw();
        server.close();
    }

    private ProcessHandle postmaster() {
        return ProcessHandle.of(server.pid()).orElseThrow(() -> new IllegalStateException("PostgreSQL has ended"));
    }

    /// The postmaster first, so that it starts no child that is missed.
    private List<ProcessHandle> processes() {
        List<ProcessHandle> all = new ArrayList<>();
        ProcessHandle.of(server.pid()).ifPresent(postmaster -> {
            all.add(postmaster);
            postmaster.descendants().forEach(all::add);
        });
        return all;
    }

    private static void signal(String signal, List<ProcessHandle> processes) {
        if (processes.isEmpty()) {
            return;
        }
        List<String> command = new ArrayList<>(List.of("kill", "-s", signal));
        processes.forEach(process -> command.add(Long.toString(process.pid())));
        try {
            // A child may have ended by itself meanwhile, which kill reports.
            new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start()
                    .waitFor();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
