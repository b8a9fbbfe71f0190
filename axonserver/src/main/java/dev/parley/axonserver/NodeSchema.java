package dev.parley.axonserver;

import javax.sql.DataSource;
import org.flywaydb.core.Flyway;

/// The node's tables: a schema of its own with its own migration history, beside whatever else the database holds.
final class NodeSchema {

    private static final String SCHEMA = "axonserver";

    private NodeSchema() {}

    /// @throws org.flywaydb.core.api.FlywayException if the database cannot be reached or has tables that do not fit
    static void migrate(DataSource dataSource) {
        Flyway.configure()
                .dataSource(dataSource)
                .schemas(SCHEMA)
                .defaultSchema(SCHEMA)
                .createSchemas(true)
                .locations("classpath:db/axonserver")
                .load()
                .migrate();
    }
}
