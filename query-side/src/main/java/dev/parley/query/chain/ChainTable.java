package dev.parley.query.chain;

import dev.parley.query.QuerySideSchema;
import dev.parley.query.chain.Head.Sealed;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// The end of the chain: `query_side.chain_head`, and what is not in a checkpoint yet, `query_side.chain_open`. All
/// in the caller's transaction, which holds the lock of the head.
@Component
class ChainTable {

    private static final String HEAD = """
            select position, count, hash, sealed_position, sealed_count, sealed_hash, read_position
            from query_side.chain_head for update""";

    private final JdbcClient jdbc;

    ChainTable(JdbcClient jdbc, QuerySideSchema schema) {
        this.jdbc = jdbc;
    }

    /// Waits for whoever has it.
    Head lock() {
        return jdbc.sql(HEAD).query(ChainTable::head).single();
    }

    /// Empty where somebody has it.
    Optional<Head> lockIfFree() {
        return jdbc.sql(HEAD + " skip locked").query(ChainTable::head).optional();
    }

    void save(Head head) {
        jdbc.sql("""
                update query_side.chain_head set position = ?, count = ?, hash = ?,
                    sealed_position = ?, sealed_count = ?, sealed_hash = ?, read_position = ?""")
                .params(
                        head.position(),
                        head.count(),
                        head.hash(),
                        head.sealed().position(),
                        head.sealed().count(),
                        head.sealed().hash(),
                        head.read())
                .update();
    }

    /// @param links one at least
    void open(List<Link> links, Instant now) {
        jdbc.sql("insert into query_side.chain_open (first_position, at, links) values (?, ?, ?)")
                .params(links.getFirst().position(), now.atOffset(ZoneOffset.UTC), Link.bytes(links))
                .update();
    }

    /// When the oldest link came that is in no checkpoint; empty where all are.
    Optional<Instant> openSince() {
        return jdbc.sql("select at from query_side.chain_open order by first_position limit 1")
                .query((row, n) -> row.getObject(1, OffsetDateTime.class).toInstant())
                .optional();
    }

    /// Takes what is in no checkpoint.
    List<Link> takeOpen() {
        List<Link> links = new ArrayList<>();
        jdbc.sql("""
                with taken as (delete from query_side.chain_open returning first_position, links)
                select links from taken order by first_position""").query((row, n) -> Link.read(row.getBytes(1))).list().forEach(links::addAll);
        return links;
    }

    /// What the chain has from one position to another, both included.
    List<Link> links(long from, long to) {
        return jdbc
                .sql("""
                (select links, position as last from query_side.chain_checkpoint
                    where position >= :from and previous_position < :to)
                union all
                (select links, first_position from query_side.chain_open where first_position <= :to)
                order by last""")
                .param("from", from)
                .param("to", to)
                .query((row, n) -> Link.read(row.getBytes(1)))
                .list()
                .stream()
                .flatMap(List::stream)
                .filter(link -> link.position() >= from && link.position() <= to)
                .toList();
    }

    private static Head head(ResultSet row, int n) throws SQLException {
        return new Head(
                row.getLong(1),
                row.getLong(2),
                row.getBytes(3),
                new Sealed(row.getLong(4), row.getLong(5), row.getBytes(6)),
                row.getLong(7));
    }
}
