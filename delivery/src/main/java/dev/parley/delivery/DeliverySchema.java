package dev.parley.delivery;

import javax.sql.DataSource;
import org.flywaydb.core.Flyway;

/// The schema `delivery` in PostgreSQL, brought up to date. Whatever reads its tables depends on it.
public final class DeliverySchema {

    DeliverySchema(DataSource dataSource) {
        Flyway.configure()
                .dataSource(dataSource)
                .schemas("delivery")
                .locations("classpath:db/delivery")
                .load()
                .migrate();
    }
}
