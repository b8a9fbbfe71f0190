package dev.parley.query.rebuild;

import dev.parley.query.QuerySideSchema;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/// The tables of generations: the next one's in the schema `query_side_<projection>_<number>`, those that it replaced
/// in `query_side_<projection>_<number>_old` until they are dropped.
@Component
class GenerationTables {

    static final String CLEAR = "clear";

    /// Less than PostgreSQL's `deadlock_timeout` of 1 s, for all tables together: where readers and a swap wait for one
    /// another, the swap gives up and comes again, and no reader fails.
    private static final Duration PATIENCE = Duration.ofMillis(800);

    private static final String INDEXES = """
            select indexdef from pg_indexes i where schemaname = 'query_side' and tablename = ? and not exists (
                select 1 from pg_constraint c join pg_namespace n on n.oid = c.connamespace
                where n.nspname = 'query_side' and c.conname = i.indexname)""";
    private static final String CONSTRAINTS = """
            select format('alter table %I.%I add constraint %I %s', ?::text, ?::text, c.conname, pg_get_constraintdef(c.oid))
            from pg_constraint c
            where c.conrelid = format('query_side.%I', ?::text)::regclass and c.contype in ('p', 'u')""";
    private static final String COLUMNS = """
            select coalesce(md5(string_agg(concat_ws(' ', table_name, column_name, data_type, is_nullable,
                column_default), ',' order by table_name, ordinal_position)), '')
            from information_schema.columns where table_schema = 'query_side' and table_name = any (?)""";

    private final JdbcTemplate jdbc;

    GenerationTables(JdbcTemplate jdbc, QuerySideSchema schema) {
        this.jdbc = jdbc;
    }

    static String schema(String projection, int number) {
        return "query_side_" + projection + "_" + number;
    }

    /// All names that mean the generation's.
    static List<String> own(Rebuildable projection) {
        return Stream.of(
                        projection.tables().stream(),
                        projection.expectations().stream().map(Rebuildable.Expectation::table),
                        Stream.of(CLEAR))
                .flatMap(tables -> tables)
                .toList();
    }

    /// Tells whether the live tables are still those that a generation was made after.
    String shape(Rebuildable projection) {
        String columns = jdbc.queryForObject(
                COLUMNS, String.class, (Object) projection.tables().toArray(String[]::new));
        return projection.shape() + " " + columns;
    }

    /// Empty tables as the live ones, with their indexes under the same names; those of any other attempt are dropped.
    void create(Rebuildable projection, int number) {
        drop(projection);
        String schema = schema(projection.projection(), number);
        jdbc.execute("create schema " + schema);
        for (String table :
                Stream.concat(projection.tables().stream(), Stream.of(CLEAR)).toList()) {
            jdbc.execute("create table " + schema + "." + table + " (like query_side." + table
                    + " including defaults including generated including storage including comments)");
            jdbc.queryForList(CONSTRAINTS, String.class, schema, table, table).forEach(jdbc::execute);
            jdbc.queryForList(INDEXES, String.class, table).stream()
                    .map(index -> index.replaceFirst(" ON query_side\\.", " ON " + schema + "."))
                    .forEach(jdbc::execute);
        }
        projection
                .expectations()
                .forEach(expected ->
                        jdbc.execute("create table " + schema + "." + expected.table() + " " + expected.columns()));
    }

    /// Lets PostgreSQL know what is in them, for comparing them, and for those who read them then.
    void analyze(Rebuildable projection, int number) {
        String schema = schema(projection.projection(), number);
        own(projection).forEach(table -> jdbc.execute("analyze " + schema + "." + table));
    }

    /// Puts the generation's tables in the place of the live ones, which readers wait for only as long as it takes to
    /// change names. In the caller's transaction.
    ///
    /// @throws org.springframework.dao.TransientDataAccessException if a table is busy: try again
    void swap(Rebuildable projection, int number) {
        String next = schema(projection.projection(), number);
        List<String> tables = projection.tables();
        jdbc.execute("create schema " + next + "_old");
        jdbc.execute("set local lock_timeout = '" + PATIENCE.toMillis() / Math.max(1, tables.size()) + "ms'");
        for (String table : tables) {
            jdbc.execute("lock table query_side." + table + " in access exclusive mode");
        }
        for (String table : tables) {
            jdbc.execute("alter table query_side." + table + " set schema " + next + "_old");
            jdbc.execute("alter table " + next + "." + table + " set schema query_side");
        }
        jdbc.update("delete from query_side.clear where projection = ?", projection.projection());
        jdbc.update(
                "insert into query_side.clear select * from " + next + ".clear where projection = ?",
                projection.projection());
    }

    /// Drops all that is not live.
    void drop(Rebuildable projection) {
        jdbc.queryForList(
                        "select nspname from pg_namespace where nspname ~ ?",
                        String.class,
                        "^query_side_" + projection.projection() + "_[0-9]+(_old)?$")
                .forEach(schema -> jdbc.execute("drop schema " + schema + " cascade"));
    }
}
