package dev.parley.query.rebuild;

import dev.parley.query.QuerySideSchema;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// Reads and writes `query_side.rebuild`, where all nodes see what is rebuilt and by whom. Who works on a rebuild holds
/// its lease, and can only write to its row while it does: a node that lost it notices before it commits.
@Component
class RebuildTable {

    private static final String ACTIVE = "state in ('FILLING', 'VERIFYING')";
    private static final String MINE = " where projection = ? and generation = ? and owner = ? and " + ACTIVE;

    private final JdbcClient jdbc;

    RebuildTable(JdbcClient jdbc, QuerySideSchema schema) {
        this.jdbc = jdbc;
    }

    /// The rebuild was cancelled, or another node works on it.
    static final class LostException extends RuntimeException {

        private static final long serialVersionUID = 1L;

        LostException() {
            super("Another node works on this rebuild, or it was cancelled", null, false, false);
        }
    }

    List<Rebuild> all() {
        return jdbc.sql("select * from query_side.rebuild order by projection")
                .query(RebuildTable::read)
                .list();
    }

    @Nullable
    Rebuild find(String projection) {
        return jdbc.sql("select * from query_side.rebuild where projection = ?")
                .param(projection)
                .query(RebuildTable::read)
                .optional()
                .orElse(null);
    }

    /// Begins the next rebuild.
    ///
    /// @return false if one is under way
    boolean start(String projection) {
        return jdbc.sql("""
                insert into query_side.rebuild as r (projection, generation, state, shape, position, rate, checked,
                    differing, left_over, lease_until, started_at, changed_at)
                values (?, 1, 'FILLING', '', -1, 0, 0, '{}', false, now(), now(), now())
                on conflict (projection) do update set generation = r.generation + 1, state = 'FILLING', shape = '',
                    position = -1, rate = 0, closing = 0, checked = 0, differing = '{}', error = null, left_over = false,
                    owner = null, lease_until = now(), started_at = now(), changed_at = now()
                where not (r.state in ('FILLING', 'VERIFYING'))
                    and (r.owner is null or r.lease_until < now())""").param(projection).update() > 0;
    }

    /// @return false if none is under way
    boolean cancel(String projection) {
        return jdbc.sql("update query_side.rebuild set state = 'CANCELLED', left_over = true, changed_at = now()"
                                + " where projection = ? and " + ACTIVE)
                        .param(projection)
                        .update()
                > 0;
    }

    /// @return false if another node has it, or nothing is to be done
    boolean lease(String projection, String owner, Duration lease) {
        return jdbc.sql("update query_side.rebuild set owner = ?, lease_until = now() + make_interval(secs => ?)"
                                + " where projection = ? and (owner is null or owner = ? or lease_until < now()) and "
                                + ACTIVE)
                        .params(owner, (double) lease.toSeconds(), projection, owner)
                        .update()
                > 0;
    }

    void release(String projection, String owner) {
        jdbc.sql("update query_side.rebuild set owner = null where projection = ? and owner = ?")
                .params(projection, owner)
                .update();
    }

    /// Every fact up to the position is in the generation, once the caller's transaction is committed.
    void advance(Rebuild rebuild, String owner, long position, Pace pace) {
        mine(jdbc.sql("update query_side.rebuild set position = ?, rate = ?, closing = ?, error = null" + MINE)
                .params(position, pace.rate(), pace.closing(), rebuild.projection(), rebuild.generation(), owner)
                .update());
    }

    /// Begins to fill it, from the first fact.
    void begin(Rebuild rebuild, String owner, String shape) {
        mine(jdbc.sql(
                        "update query_side.rebuild set position = -1, shape = ?, checked = 0, state = 'FILLING', changed_at = now()"
                                + MINE)
                .params(shape, rebuild.projection(), rebuild.generation(), owner)
                .update());
    }

    /// Ends the lease, too, if nothing is left to do. What was in the way of one that is done is forgotten.
    void state(Rebuild rebuild, String owner, RebuildState state) {
        boolean leftOver = !state.isActive();
        mine(jdbc.sql("update query_side.rebuild set state = ?, left_over = ?, changed_at = now(),"
                        + " owner = case when ? then null else owner end, error = case when ? then null else error end"
                        + MINE)
                .params(
                        state.name(),
                        leftOver,
                        leftOver,
                        state == RebuildState.DONE,
                        rebuild.projection(),
                        rebuild.generation(),
                        owner)
                .update());
    }

    void verified(Rebuild rebuild, String owner, Verification found) {
        mine(jdbc.sql("update query_side.rebuild set checked = greatest(checked, ?), differing = ?" + MINE)
                .params(
                        found.checked(),
                        found.differing().toArray(String[]::new),
                        rebuild.projection(),
                        rebuild.generation(),
                        owner)
                .update());
    }

    /// @param error kinds of failure, no values
    void error(Rebuild rebuild, String owner, String error) {
        mine(jdbc.sql("update query_side.rebuild set error = ?" + MINE)
                .params(error, rebuild.projection(), rebuild.generation(), owner)
                .update());
    }

    /// Those that ended and left a generation to be removed, which nobody works on.
    ///
    /// @param retire how long the one that was read before stays after the swap
    List<Rebuild> leftOver(Duration retire) {
        return jdbc.sql("""
                select * from query_side.rebuild where left_over and (owner is null or lease_until < now())
                    and (state in ('FAILED', 'CANCELLED')
                        or state = 'DONE' and changed_at < now() - make_interval(secs => ?))""")
                .param((double) retire.toSeconds())
                .query(RebuildTable::read)
                .list();
    }

    /// Keeps others from starting the next rebuild, or from removing too, until the caller's transaction ends.
    ///
    /// @return false if there is nothing to remove any more
    boolean removed(Rebuild rebuild) {
        return jdbc.sql("update query_side.rebuild set left_over = false"
                                + " where projection = ? and generation = ? and left_over")
                        .params(rebuild.projection(), rebuild.generation())
                        .update()
                > 0;
    }

    private static void mine(int rows) {
        if (rows == 0) {
            throw new LostException();
        }
    }

    private static Rebuild read(ResultSet row, int n) throws SQLException {
        Array differing = row.getArray("differing");
        return new Rebuild(
                row.getString("projection"),
                row.getInt("generation"),
                RebuildState.valueOf(row.getString("state")),
                row.getString("shape"),
                row.getLong("position"),
                row.getDouble("rate"),
                row.getDouble("closing"),
                new Verification(row.getLong("checked"), List.of((String[]) differing.getArray())),
                row.getString("error"),
                row.getString("owner"),
                row.getObject("started_at", OffsetDateTime.class).toInstant(),
                row.getObject("changed_at", OffsetDateTime.class).toInstant());
    }
}
