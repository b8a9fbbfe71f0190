package dev.parley.axonserver;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;

/// A database of its own on the one PostgreSQL of this test run. The one place that says where PostgreSQL is from.
record TestDatabase(DataSource dataSource) {

    private static final AtomicInteger NUMBER = new AtomicInteger();

    private static final class Holder {
        private static final EmbeddedPostgres POSTGRES = start();

        private static EmbeddedPostgres start() {
            try {
                EmbeddedPostgres postgres = EmbeddedPostgres.builder().start();
                Runtime.getRuntime().addShutdownHook(new Thread(() -> {
                    try {
                        postgres.close();
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                }));
                return postgres;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    static TestDatabase create() {
        String name = "node" + NUMBER.incrementAndGet();
        TestDatabase server = new TestDatabase(Holder.POSTGRES.getPostgresDatabase());
        server.execute("create database " + name);
        return new TestDatabase(Holder.POSTGRES.getDatabase("postgres", name));
    }

    void execute(String sql) {
        try (Connection connection = dataSource.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /// The first column of the first row.
    long number(String sql) {
        try (Connection connection = dataSource.getConnection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getLong(1);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /// The first column of the first row.
    String text(String sql) {
        try (Connection connection = dataSource.getConnection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getString(1);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /// Ends all connections and takes no more, like a server that is down.
    void shut() {
        long self = number("select oid from pg_database where datname = current_database()");
        TestDatabase server = new TestDatabase(Holder.POSTGRES.getPostgresDatabase());
        server.execute("do $$ begin execute (select format('alter database %I allow_connections false', datname)"
                + " from pg_database where oid = " + self + "); end $$");
        server.execute("select pg_terminate_backend(pid) from pg_stat_activity where datid = " + self);
    }

    /// Ends the writer's backend, as a crash or an administrator would.
    ///
    /// @return how many backends held a writer's lock
    long endWriter() {
        return number("select count(pg_terminate_backend(pid)) from pg_locks where locktype = 'advisory' and granted"
                + " and classid = 1096306510"
                + " and database = (select oid from pg_database where datname = current_database())");
    }
}
