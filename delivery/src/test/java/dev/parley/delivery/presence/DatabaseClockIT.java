package dev.parley.delivery.presence;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.embedded.EmbeddedPostgres;
import dev.parley.testing.Servers;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.transaction.support.TransactionTemplate;

class DatabaseClockIT {

    private static final Duration WAIT = Duration.ofMillis(400);

    /// A pool with a queue before it.
    private static final class Slow extends DriverManagerDataSource {

        private Slow(EmbeddedPostgres postgres) {
            super(postgres.jdbcUrl(), postgres.user(), postgres.password());
        }

        @Override
        public Connection getConnection() throws SQLException {
            Connection connection = super.getConnection();
            LockSupport.parkNanos(WAIT.toNanos());
            return connection;
        }
    }

    @Test
    void waitForAConnectionIsNotInTheAnswer() {
        Slow pool = new Slow(Servers.postgres());
        JdbcClient jdbc = JdbcClient.create(pool);
        TransactionTemplate transactions = new TransactionTemplate(new DataSourceTransactionManager(pool));
        DatabaseClock clock = new DatabaseClock(jdbc, transactions);
        long doubt = clock.doubt();
        assertThat(doubt).isLessThan(WAIT.toNanos() / 1_000);
        transactions.executeWithoutResult(transaction -> {
            long before = clock.micros(System.nanoTime());
            long now = jdbc.sql("select cast(extract(epoch from clock_timestamp()) * 1000000 as bigint)")
                    .query(Long.class)
                    .single();
            long after = clock.micros(System.nanoTime());
            assertThat(now).isBetween(before - doubt, after + doubt);
        });
    }
}
