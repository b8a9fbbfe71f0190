package dev.parley.query.archive;

import dev.parley.query.QuerySideSchema;
import java.util.Collection;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.RowMapper;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// What conversations and accounts are called now, a page's worth in one query.
@Component
class Labels {

    private final JdbcClient jdbc;

    Labels(JdbcClient jdbc, QuerySideSchema schema) {
        this.jdbc = jdbc;
    }

    /// @param kind `direct`, `group` or `game`
    /// @param title null where it has none
    record Conversation(String id, String kind, @Nullable String title) {}

    /// @param archive the imported archive whose nick it is; null for a person who registered
    record Person(
            String id,
            String username,
            String name,
            @Nullable String archive) {}

    /// @return without those that are not projected yet
    Map<String, Conversation> conversations(Collection<String> ids) {
        return find(
                        "select id, lower(kind), title from query_side.conversation where id = any (?)",
                        ids,
                        (row, n) -> new Conversation(row.getString(1), row.getString(2), row.getString(3)))
                .collect(Collectors.toMap(Conversation::id, found -> found));
    }

    /// @return likewise
    Map<String, Person> people(Collection<String> ids) {
        return find(
                        "select id, username, display_name, archive from query_side.account where id = any (?)",
                        ids,
                        (row, n) -> new Person(row.getString(1), row.getString(2), row.getString(3), row.getString(4)))
                .collect(Collectors.toMap(Person::id, found -> found));
    }

    private <T> Stream<T> find(String sql, Collection<String> ids, RowMapper<T> read) {
        UUID[] keys = ids.stream().distinct().map(UUID::fromString).toArray(UUID[]::new);
        return keys.length == 0 ? Stream.empty() : jdbc.sql(sql).param(keys).query(read).list().stream();
    }
}
