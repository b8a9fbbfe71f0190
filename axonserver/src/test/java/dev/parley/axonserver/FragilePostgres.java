package dev.parley.axonserver;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.parley.embedded.EmbeddedPostgres;
import dev.parley.embedded.EmbeddedPostgresSettings;
import java.nio.file.Path;

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
        processes().end("QUIT");
    }

    /// Kills all processes at once, as the end of the machine would.
    void kill() {
        processes().kill();
    }

    /// All of it stands still, with its connections open.
    void freeze() {
        processes().freeze();
    }

    void thaw() {
        processes().thaw();
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
        server.close();
    }

    private ProcessTree processes() {
        return new ProcessTree(
                ProcessHandle.of(server.pid()).orElseThrow(() -> new IllegalStateException("PostgreSQL has ended")));
    }
}
