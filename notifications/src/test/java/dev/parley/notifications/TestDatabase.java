package dev.parley.notifications;

import com.zaxxer.hikari.HikariDataSource;
import dev.parley.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicInteger;

/// One PostgreSQL for all tests of the module, a database of its own for each who asks.
public final class TestDatabase {

    private static final AtomicInteger NUMBER = new AtomicInteger();
    private static final EmbeddedPostgres POSTGRES = start();

    private TestDatabase() {}

    private static EmbeddedPostgres start() {
        try {
            EmbeddedPostgres postgres = EmbeddedPostgres.start(Files.createTempDirectory("parley-notifications"));
            postgres.closeAtExit();
            return postgres;
        } catch (IOException e) {
            throw new IllegalStateException(e);
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
