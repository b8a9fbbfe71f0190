package dev.parley.query.chain;

import dev.parley.query.QuerySideSchema;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// `query_side.chain_checkpoint`. Rows are added and never changed.
@Component
class CheckpointTable {

    private static final String COLUMNS = """
            position, previous_position, count, at, previous, hash, key, signature, links
            from query_side.chain_checkpoint""";

    private final JdbcClient jdbc;

    CheckpointTable(JdbcClient jdbc, QuerySideSchema schema) {
        this.jdbc = jdbc;
    }

    void add(Checkpoint checkpoint, byte[] signature, List<Link> links) {
        jdbc.sql("insert into query_side.chain_checkpoint values (?, ?, ?, ?, ?, ?, ?, ?, ?)")
                .params(
                        checkpoint.position(),
                        checkpoint.previousPosition(),
                        checkpoint.count(),
                        checkpoint.at().atOffset(ZoneOffset.UTC),
                        checkpoint.previous(),
                        checkpoint.hash(),
                        checkpoint.key(),
                        signature,
                        Link.bytes(links))
                .update();
    }

    /// Newest first, those before a position.
    List<SealedCheckpoint> before(long position, int limit) {
        return jdbc.sql("select " + COLUMNS + " where position < ? order by position desc limit ?")
                .params(position, limit)
                .query((row, n) -> read(row, false))
                .list();
    }

    /// Oldest first, with their leaves, those after one position and up to another.
    List<SealedCheckpoint> after(long position, long upTo, int limit) {
        return jdbc.sql("select " + COLUMNS + " where position > ? and position <= ? order by position limit ?")
                .params(position, upTo, limit)
                .query((row, n) -> read(row, true))
                .list();
    }

    /// The checkpoint at exactly that position.
    Optional<SealedCheckpoint> at(long position, boolean leaves) {
        return jdbc.sql("select " + COLUMNS + " where position = ?")
                .param(position)
                .query((row, n) -> read(row, leaves))
                .optional();
    }

    private static SealedCheckpoint read(ResultSet row, boolean leaves) throws SQLException {
        Checkpoint checkpoint = new Checkpoint(
                row.getLong(1),
                row.getLong(2),
                row.getLong(3),
                row.getObject(4, OffsetDateTime.class).toInstant(),
                row.getBytes(5),
                row.getBytes(6),
                row.getString(7));
        return SealedCheckpoint.of(checkpoint, row.getBytes(8), leaves ? Link.read(row.getBytes(9)) : null);
    }
}
