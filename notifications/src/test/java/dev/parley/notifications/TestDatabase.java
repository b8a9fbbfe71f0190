package dev.parley.notifications;

import com.zaxxer.hikari.HikariDataSource;
import dev.parley.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicInteger;
import org.springframework.util.FileSystemUtils;

/// One PostgreSQL for all tests of the module, a database of its own for each who asks.
public final class TestDatabase {

    private static final AtomicInteger NUMBER = new AtomicInteger();
    private static final EmbeddedPostgres POSTGRES = start();

    private TestDatabase() {}

    private static EmbeddedPostgres start() {
        try {
            Path folder = Files.createTempDirectory("parley-notifications");
            EmbeddedPostgres postgres = EmbeddedPostgres.start(folder);
            Runtime.getRuntime().addShutdownHook(new Thread(() -> remove(postgres, folder), "remove-postgres"));
            return postgres;
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void remove(EmbeddedPostgres postgres, Path folder) {
        postgres.close();
        try {
            FileSystemUtils.deleteRecursively(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// An empty database. The caller closes the pool.
    public static HikariDataSource create() {
        String name = "test" + NUMBER.incrementAndGet();
        try (Connection connection =
                        DriverManager.getConnection(POSTGRES.jdbcUrl(), POSTGRES.user(), POSTGRES.password());
                Statement statement = connection.createStatement()) {
            statement.execute("create database " + name);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        HikariDataSource pool = new HikariDataSource();
        pool.setJdbcUrl(POSTGRES.jdbcUrl().replaceFirst("/parley(?=$|\\?)", "/" + name));
        pool.setUsername(POSTGRES.user());
        pool.setPassword(POSTGRES.password());
        pool.setMaximumPoolSize(8);
        return pool;
    }
}
