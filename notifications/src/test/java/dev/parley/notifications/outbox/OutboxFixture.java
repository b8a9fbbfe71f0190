package dev.parley.notifications.outbox;

import com.zaxxer.hikari.HikariDataSource;
import dev.parley.messages.MessageId;
import dev.parley.notifications.NotificationsConfiguration.NotificationsSchema;
import dev.parley.notifications.NotificationsProperties;
import dev.parley.notifications.Settings;
import dev.parley.notifications.TestDatabase;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.flywaydb.core.Flyway;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;

/// A database with devices that are owed pushes.
final class OutboxFixture implements AutoCloseable {

    private final HikariDataSource database = TestDatabase.create();
    private final JdbcTemplate jdbc = new JdbcTemplate(database);

    OutboxFixture() {
        Flyway.configure()
                .dataSource(database)
                .schemas("notifications")
                .locations("classpath:db/notifications")
                .load()
                .migrate();
    }

    PostgresOutboxStore store() {
        JdbcClient client = JdbcClient.create(jdbc);
        NotificationsSchema schema = new NotificationsSchema("1");
        return new PostgresOutboxStore(
                client, Clock.systemUTC(), new MessageTable(client, Clock.systemUTC(), schema), properties(), schema);
    }

    /// A short lease and short waits.
    NotificationsProperties properties() {
        return Settings.of(Map.of(
                "outbox.in-flight", 50,
                "outbox.lease", "2s",
                "outbox.send-timeout", "1s",
                "outbox.poll", "100ms",
                "outbox.retry.first", "10ms",
                "outbox.retry.most", "50ms"));
    }

    /// Adds due rows, each for a device and a message of its own.
    List<UUID> rows(int count) {
        UUID conversation = UUID.randomUUID();
        List<UUID> ids = new ArrayList<>();
        List<Object[]> members = new ArrayList<>();
        List<Object[]> devices = new ArrayList<>();
        List<Object[]> rows = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            UUID id = UUID.randomUUID();
            UUID account = UUID.randomUUID();
            ids.add(id);
            members.add(new Object[] {conversation, account});
            devices.add(new Object[] {account, id.toString(), new byte[] {(byte) i, (byte) (i >> 8)}});
            rows.add(new Object[] {id, account, MessageId.at(i, id).value(), conversation, i, i});
        }
        jdbc.batchUpdate(
                "insert into notifications.recipient (conversation, account, from_position) values (?, ?, 0)", members);
        jdbc.batchUpdate(
                "insert into notifications.device (account, device, platform, token, token_hash, updated_at) values (?, 'phone', 'fcm', ?, ?, now())",
                devices);
        jdbc.batchUpdate("""
                insert into notifications.outbox (id, account, device, message, conversation, seq, position, cause, found,
                    due_at, expires_at, created_at)
                values (?, ?, 'phone', ?, ?, ?, ?, 'message', 'absent', now(), now() + interval '4 hours', now())""", rows);
        return ids;
    }

    /// What else is true in the database.
    JdbcTemplate jdbc() {
        return jdbc;
    }

    long count(String state) {
        Long count =
                jdbc.queryForObject("select count(*) from notifications.outbox where state = ?", Long.class, state);
        return count == null ? 0 : count;
    }

    @Override
    public void close() {
        database.close();
    }
}
