package dev.parley.query.chain;

import dev.parley.testing.Servers;
import java.util.UUID;
import org.flywaydb.core.Flyway;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/// A database of its own on this JVM's PostgreSQL, so that a test may have an event store or a chain for itself.
final class Database {

    private final String name = "chain" + UUID.randomUUID().toString().replace("-", "");

    Database() {
        new JdbcTemplate(source(Servers.postgres().jdbcUrl())).execute("create database " + name);
    }

    String url() {
        return Servers.postgres().jdbcUrl().replaceFirst("(//[^/]+/)[^?]*", "$1" + name);
    }

    DriverManagerDataSource source() {
        return source(url());
    }

    JdbcClient jdbc() {
        return JdbcClient.create(source());
    }

    void migrate() {
        Flyway.configure()
                .dataSource(source())
                .schemas("query_side")
                .locations("classpath:db/query_side")
                .load()
                .migrate();
    }

    private static DriverManagerDataSource source(String url) {
        return new DriverManagerDataSource(
                url, Servers.postgres().user(), Servers.postgres().password());
    }
}
