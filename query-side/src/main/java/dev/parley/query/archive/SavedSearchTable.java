package dev.parley.query.archive;

import dev.parley.messages.AccountId;
import dev.parley.messages.RejectedException;
import dev.parley.messages.RejectionCode;
import dev.parley.messages.archive.ArchiveEvent;
import dev.parley.messages.archive.ArchiveEvent.ArchiveAccessed;
import dev.parley.messages.archive.ArchiveEvent.SavedSearchDeleted;
import dev.parley.messages.archive.ArchiveEvent.SearchSaved;
import dev.parley.messages.archive.ArchiveFilters;
import dev.parley.messages.archive.SavedSearchId;
import dev.parley.query.QuerySideSchema;
import dev.parley.query.batch.Recorded;
import dev.parley.query.batch.Storable;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/// Reads and writes `query_side.saved_search`, a batch at a time, in the caller's transaction. Rows
/// only move forward, so each write can be repeated.
@Component
class SavedSearchTable {

    private static final int ROWS_A_STATEMENT = 500;
    private static final String PUT = """
            insert into query_side.saved_search as known (id, account, name, query, filters, saved_at, deleted, position)
            values (?, ?, ?, ?, ?, ?, ?, ?)
            on conflict (id) do update set name = excluded.name, query = excluded.query, filters = excluded.filters,
                deleted = excluded.deleted, position = excluded.position
            where known.position < excluded.position""";

    private final JdbcTemplate jdbc;
    private final JsonMapper json;

    SavedSearchTable(JdbcTemplate jdbc, JsonMapper json, QuerySideSchema schema) {
        this.jdbc = jdbc;
        this.json = json;
    }

    record Row(SavedSearchId id, String name, Sought sought, Instant at) {}

    /// The last that were saved come first.
    List<Row> of(AccountId account) {
        return jdbc.query(
                "select * from query_side.saved_search where account = ? and not deleted order by position desc",
                (row, n) -> read(row),
                account.value());
    }

    /// @throws RejectedException `not-found` for one that the account does not keep
    Sought find(AccountId account, SavedSearchId id) {
        return jdbc
                .query(
                        "select * from query_side.saved_search where id = ? and account = ? and not deleted",
                        (row, n) -> read(row),
                        id.value(),
                        account.value())
                .stream()
                .map(Row::sought)
                .findFirst()
                .orElseThrow(() -> new RejectedException(RejectionCode.NOT_FOUND, "You keep no such search"));
    }

    void empty() {
        jdbc.update("delete from query_side.saved_search");
    }

    void write(List<Recorded<ArchiveEvent>> facts) {
        List<Object[]> rows = facts.stream()
                .filter(recorded -> !(recorded.fact() instanceof ArchiveAccessed))
                .map(recorded -> row(recorded.fact(), recorded.position()))
                .toList();
        for (int from = 0; from < rows.size(); from += ROWS_A_STATEMENT) {
            jdbc.batchUpdate(PUT, rows.subList(from, Math.min(rows.size(), from + ROWS_A_STATEMENT)));
        }
    }

    private @Nullable Object[] row(ArchiveEvent fact, long position) {
        return switch (fact) {
            case SearchSaved it -> values(it.search(), it, it.name(), it.query(), it.filters(), false, position);
            case SavedSearchDeleted it -> values(it.search(), it, "", null, ArchiveFilters.NONE, true, position);
            case ArchiveAccessed it -> throw new IllegalArgumentException("Nothing is kept of " + it.access());
        };
    }

    private @Nullable Object[] values(
            SavedSearchId id,
            ArchiveEvent fact,
            String name,
            @Nullable String query,
            ArchiveFilters filters,
            boolean deleted,
            long position) {
        return new @Nullable Object[] {
            id.value(),
            fact.account().value(),
            Storable.text(name),
            query == null ? null : Storable.text(query),
            Storable.text(json.writeValueAsString(filters)),
            fact.at().atOffset(ZoneOffset.UTC),
            deleted,
            position
        };
    }

    private Row read(ResultSet row) throws SQLException {
        return new Row(
                new SavedSearchId(row.getObject("id", UUID.class)),
                row.getString("name"),
                new Sought(row.getString("query"), json.readValue(row.getString("filters"), ArchiveFilters.class)),
                row.getObject("saved_at", OffsetDateTime.class).toInstant());
    }
}
