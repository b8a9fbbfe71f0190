package dev.parley.notifications.device;

import dev.parley.notifications.NotificationsConfiguration.NotificationsSchema;
import dev.parley.notifications.NotificationsProperties;
import java.time.Clock;
import java.util.Map;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;

/// Devices over an empty database.
final class TestDevices {

    private TestDevices() {}

    /// @param most devices an account may have
    static DeviceStore over(DataSource database, int most) {
        Flyway.configure()
                .dataSource(database)
                .schemas("notifications")
                .locations("classpath:db/notifications")
                .load()
                .migrate();
        NotificationsProperties properties = new Binder(
                        new MapConfigurationPropertySource(Map.of("parley.notifications.devices-per-account", most)))
                .bindOrCreate("parley.notifications", NotificationsProperties.class);
        return new DeviceStore(
                JdbcClient.create(database),
                new JdbcTransactionManager(database),
                properties,
                Clock.systemUTC(),
                new NotificationsSchema("3"));
    }
}
