package dev.parley.notifications;

import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.Configuration;

/// The whole notifications role. It takes the data source, transaction manager, event store, query
/// gateway, meter registry and clock that the application provides.
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(NotificationsProperties.class)
@ComponentScan
public class NotificationsConfiguration {

    /// The schema as it is when this bean exists. Whoever reads or writes the tables takes it as a
    /// parameter.
    public record NotificationsSchema(String version) {}

    @Bean
    NotificationsSchema notificationsSchema(DataSource dataSource) {
        return new NotificationsSchema(Flyway.configure()
                .dataSource(dataSource)
                .schemas("notifications")
                .locations("classpath:db/notifications")
                .load()
                .migrate()
                .targetSchemaVersion);
    }
}
