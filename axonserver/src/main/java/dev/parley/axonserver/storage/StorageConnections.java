package dev.parley.axonserver.storage;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import javax.sql.DataSource;
import org.postgresql.ds.PGSimpleDataSource;
import org.springframework.jdbc.datasource.DelegatingDataSource;

/// The node's own connections: one that each writer keeps, and a few for the reads of all contexts. They come from the
/// same database as
/// the given data source, but not out of its pool, so that neither can starve the other.
public final class StorageConnections implements AutoCloseable {

    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(3);
    private static final int LOGIN_SECONDS = 5;

    /// Connections of a database that stands still fail after a while, instead of never.
    private static final class Impatient extends DelegatingDataSource {
        private final int millis;

        Impatient(DataSource source, int millis) {
            super(source);
            this.millis = millis;
        }

        @Override
        public Connection getConnection() throws SQLException {
            Connection connection = super.getConnection();
            connection.setNetworkTimeout(Runnable::run, millis);
            return connection;
        }
    }

    private final DataSource source;
    private final HikariDataSource readers;

    public StorageConnections(DataSource given, StorageProperties limits) throws SQLException {
        int patience = Math.toIntExact(limits.readTimeout().toMillis());
        source = new Impatient(unpooled(given), patience);
        HikariConfig config = new HikariConfig();
        config.setPoolName("axonserver");
        config.setDataSource(source);
        config.setMaximumPoolSize(limits.readers());
        config.setMinimumIdle(1);
        config.setConnectionTimeout(CONNECT_TIMEOUT.toMillis());
        config.setValidationTimeout(1000);
        config.setInitializationFailTimeout(-1);
        config.setConnectionInitSql("set synchronous_commit = on");
        readers = new HikariDataSource(config);
    }

    /// A new connection, for the writer to keep.
    Connection writer() throws SQLException {
        return source.getConnection();
    }

    /// Asks the database for a sign of life; waits some seconds at most.
    public boolean answers() {
        try (Connection connection = readers.getConnection()) {
            return connection.isValid((int) CONNECT_TIMEOUT.toSeconds());
        } catch (SQLException e) {
            return false;
        }
    }

    DataSource readers() {
        return readers;
    }

    int busyReaders() {
        return readers.getHikariPoolMXBean().getActiveConnections();
    }

    @Override
    public void close() {
        readers.close();
    }

    private static DataSource unpooled(DataSource given) throws SQLException {
        if (!given.isWrapperFor(HikariDataSource.class)) {
            return given;
        }
        HikariDataSource pool = given.unwrap(HikariDataSource.class);
        if (pool.getDataSource() != null) {
            return pool.getDataSource();
        }
        PGSimpleDataSource direct = new PGSimpleDataSource();
        direct.setUrl(pool.getJdbcUrl());
        if (pool.getUsername() != null) {
            direct.setUser(pool.getUsername());
        }
        if (pool.getPassword() != null) {
            direct.setPassword(pool.getPassword());
        }
        direct.setApplicationName("parley-axonserver");
        direct.setConnectTimeout((int) CONNECT_TIMEOUT.toSeconds());
        // Bounds the login, too: the port of a server that stands still takes connections.
        direct.setSocketTimeout(LOGIN_SECONDS);
        direct.setTcpKeepAlive(true);
        direct.setPrepareThreshold(1);
        return direct;
    }
}
