package dev.parley.notifications.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import dev.parley.messages.MessageId;
import dev.parley.notifications.NotificationsConfiguration.NotificationsSchema;
import dev.parley.notifications.Settings;
import dev.parley.notifications.TestDatabase;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;

/// What was owed before an upgrade is owed after it.
class MigrationIT {

    @Test
    void rowsThatWereDueAreSentWithTheirText() {
        try (HikariDataSource database = TestDatabase.create()) {
            migrate(database, "2");
            JdbcTemplate jdbc = new JdbcTemplate(database);
            UUID account = UUID.randomUUID();
            UUID conversation = UUID.randomUUID();
            jdbc.update(
                    "insert into notifications.device (account, device, platform, token, token_hash, updated_at) values (?, 'phone', 'fcm', 'token', 'hash', now())",
                    account);
            jdbc.update(
                    "insert into notifications.recipient (conversation, account, from_position) values (?, ?, 0)",
                    conversation,
                    account);
            for (String state : List.of("due", "sent")) {
                jdbc.update(
                        """
                        insert into notifications.outbox (id, account, device, message, conversation, position, cause,
                            title, excerpt, state, reason, due_at, expires_at, created_at, ended_at)
                        values (gen_random_uuid(), ?, 'phone', ?, ?, 42 + length(?), 'absent', 'Alice',
                            'Hello', ?, nullif(?, 'due'), now(), now() + interval '1 hour', now(),
                            case when ? = 'due' then null else now() end)""",
                        account,
                        MessageId.at(1, UUID.randomUUID()).value(),
                        conversation,
                        state,
                        state,
                        state,
                        state);
            }

            migrate(database, "latest");
            JdbcClient client = JdbcClient.create(database);
            NotificationsSchema schema = new NotificationsSchema("test");
            OutboxStore store = new PostgresOutboxStore(
                    client,
                    Clock.systemUTC(),
                    new MessageTable(client, Clock.systemUTC(), schema),
                    Settings.of(Map.of()),
                    schema);
            assertThat(store.claim(10, Duration.ofMinutes(1))).singleElement().satisfies(row -> {
                assertThat(row.now().said().excerpt()).isEqualTo("Hello");
                assertThat(row.now().member()).isTrue();
                assertThat(row.subject().found()).isEqualTo(Found.ABSENT);
            });
            Tally.Sums sums = new Tally(client, schema).sums();
            assertThat(sums.due()).isOne();
            assertThat(sums.counts())
                    .containsExactlyInAnyOrder(new Tally.Count("eligible", "", 2), new Tally.Count("sent", "sent", 1));
        }
    }

    private static void migrate(HikariDataSource database, String target) {
        Flyway.configure()
                .dataSource(database)
                .schemas("notifications")
                .locations("classpath:db/notifications")
                .target(target)
                .load()
                .migrate();
    }
}
