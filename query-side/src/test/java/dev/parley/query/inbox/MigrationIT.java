package dev.parley.query.inbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.testing.Servers;
import java.util.UUID;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.configuration.FluentConfiguration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

class MigrationIT {

    @Test
    void anInboxOfBeforeIsBuiltAgainFromTheFirstFact() {
        String database = "migration" + UUID.randomUUID().toString().replace("-", "");
        new JdbcTemplate(in(null)).execute("create database " + database);
        JdbcTemplate jdbc = new JdbcTemplate(in(database));
        flyway(database).target("2").load().migrate();
        jdbc.execute("""
                create schema axon;
                create table axon.token_entry (processorname text, segment integer, token bytea);
                insert into axon.token_entry values ('inbox', 0, 'x'), ('history', 0, 'x'), ('lobby', 0, 'x');
                insert into query_side.account values (gen_random_uuid(), 'alice', 'Alice', null, 0);
                insert into query_side.clear values ('inbox', 3, 1);
                insert into query_side.member values (gen_random_uuid(), gen_random_uuid(), 5, null, 'OWNER', 0);
                insert into query_side.conversation values
                    (gen_random_uuid(), 'GROUP', 'Tea', 5, 5, 0, now(), null, null, null, null, null, 0, 0)""");

        flyway(database).load().migrate();

        assertThat(jdbc.queryForList("select processorname from axon.token_entry order by 1", String.class))
                .containsExactly("history", "lobby");
        assertThat(count(jdbc, "conversation") + count(jdbc, "member")).isZero();
        assertThat(count(jdbc, "account") + count(jdbc, "clear")).isEqualTo(2);
    }

    @Test
    void marksOfBeforeAreBuiltAgain() {
        String database = "marks" + UUID.randomUUID().toString().replace("-", "");
        new JdbcTemplate(in(null)).execute("create database " + database);
        JdbcTemplate jdbc = new JdbcTemplate(in(database));
        flyway(database).target("3").load().migrate();
        jdbc.execute("""
                create schema axon;
                create table axon.token_entry (processorname text, segment integer, token bytea);
                insert into axon.token_entry values ('inbox', 0, 'x'), ('history', 0, 'x');
                insert into query_side.sent_run values (gen_random_uuid(), 1, 0);
                insert into query_side.mark values (gen_random_uuid(), gen_random_uuid(), 1, 1, false, null, 5)""");

        flyway(database).load().migrate();

        assertThat(jdbc.queryForList("select processorname from axon.token_entry", String.class))
                .containsExactly("history");
        assertThat(count(jdbc, "mark") + count(jdbc, "sent_run")).isZero();
    }

    private static long count(JdbcTemplate jdbc, String table) {
        Long rows = jdbc.queryForObject("select count(*) from query_side." + table, Long.class);
        return rows == null ? -1 : rows;
    }

    private static FluentConfiguration flyway(String database) {
        return Flyway.configure().dataSource(in(database)).schemas("query_side").locations("classpath:db/query_side");
    }

    private static DriverManagerDataSource in(@Nullable String database) {
        String url = Servers.postgres().jdbcUrl();
        return new DriverManagerDataSource(
                database == null ? url : url.replaceFirst("(//[^/]+/)[^?]*", "$1" + database),
                Servers.postgres().user(),
                Servers.postgres().password());
    }
}
