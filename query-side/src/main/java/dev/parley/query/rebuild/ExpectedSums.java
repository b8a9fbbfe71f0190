package dev.parley.query.rebuild;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.springframework.jdbc.core.JdbcTemplate;

/// Counts and hashes that the log lets expect of a generation's rows, by conversation or the like and by kind, in the
/// table `query_side.<name>`. Both are sums, so that each fact adds or takes away what it is about without looking at
/// rows, and PostgreSQL works out the same sums from the rows that the projection wrote.
///
/// A hash is the first 36 bits of an MD5: as many rows as there are can be added up in a `bigint`. It is to find
/// faults, not forgers.
public final class ExpectedSums {

    private static final int ROWS_A_STATEMENT = 500;
    private static final int HEX_DIGITS = 9;

    private final JdbcTemplate jdbc;
    private final String table;
    private Map<Key, long[]> batch = new HashMap<>();
    private final Set<String> changed = new HashSet<>();
    private boolean verified;

    private record Key(String key, String kind) {}

    /// @param next of the generation
    public ExpectedSums(JdbcTemplate next, String table) {
        this.jdbc = next;
        this.table = "query_side." + table;
    }

    public static Rebuildable.Expectation table(String table) {
        return new Rebuildable.Expectation(
                table,
                "(key text not null, kind text not null, n bigint not null, hash bigint not null,"
                        + " primary key (key, kind))");
    }

    /// The SQL for the hash of a text expression, the same as that of [#add].
    public static String hash(String expression) {
        return "('x' || substr(md5(" + expression + "), 1, " + HEX_DIGITS + "))::bit(36)::bigint";
    }

    /// Forgets what was added and not written, of a batch that failed.
    public void restart() {
        batch = new HashMap<>();
    }

    /// One more of the kind.
    public void add(Object key, String kind, String row) {
        add(key, kind, 1, row);
    }

    /// One less.
    public void remove(Object key, String kind, String row) {
        add(key, kind, -1, row);
    }

    /// One more of the kind, without a hash.
    public void count(Object key, String kind) {
        batch.computeIfAbsent(new Key(key.toString(), kind), unused -> new long[2])[0]++;
    }

    /// Something else of this key changed, so that it is to be compared again.
    public void touch(Object key) {
        if (verified) {
            changed.add(key.toString());
        }
    }

    private void add(Object key, String kind, int sign, String row) {
        long[] sums = batch.computeIfAbsent(new Key(key.toString(), kind), unused -> new long[2]);
        sums[0] += sign;
        sums[1] += sign * hashOf(row);
    }

    /// Nothing is expected any more of the facts so far.
    public void clear() {
        batch = new HashMap<>();
        jdbc.update("delete from " + table);
    }

    /// Nothing is expected any more of these keys; at once, in the caller's transaction.
    public void forget(Collection<String> keys) {
        batch.keySet().removeIf(sum -> keys.contains(sum.key()));
        if (verified) {
            changed.addAll(keys);
        }
        jdbc.update("delete from " + table + " where key = any (?)", (Object) keys.toArray(String[]::new));
    }

    /// The keys that were written to since the last comparison.
    public Set<String> changed() {
        return Set.copyOf(changed);
    }

    /// How many there are to be of all keys and kinds.
    public long total() {
        Long total = jdbc.queryForObject("select coalesce(sum(n), 0) from " + table, Long.class);
        return total == null ? 0 : total;
    }

    /// Stores what was added since, in the caller's transaction.
    public void write() {
        Map<Key, long[]> sums = batch;
        batch = new HashMap<>();
        if (verified) {
            sums.keySet().forEach(key -> changed.add(key.key()));
        }
        List<Map.Entry<Key, long[]>> rows = sums.entrySet().stream()
                .sorted(Map.Entry.comparingByKey((a, b) -> (a.key() + a.kind()).compareTo(b.key() + b.kind())))
                .toList();
        jdbc.batchUpdate(
                "insert into " + table + " as e (key, kind, n, hash) values (?, ?, ?, ?) on conflict (key, kind)"
                        + " do update set n = e.n + excluded.n, hash = e.hash + excluded.hash",
                rows,
                ROWS_A_STATEMENT,
                (statement, row) -> {
                    statement.setString(1, row.getKey().key());
                    statement.setString(2, row.getKey().kind());
                    statement.setLong(3, row.getValue()[0]);
                    statement.setLong(4, row.getValue()[1]);
                });
    }

    /// @param actual SQL that gives key, kind, n and hash as the rows have it
    public Verification verify(String actual) {
        changed.clear();
        verified = true;
        return verify(actual, "true", new Object[0]);
    }

    /// Only for the keys that were written to since the last comparison.
    public Verification verifyChanged(String actual) {
        Object[] keys = new Object[] {changed.toArray(String[]::new)};
        changed.clear();
        return verify(actual, "key = any (?)", keys);
    }

    private Verification verify(String actual, String which, Object[] parameters) {
        List<String> differing = new ArrayList<>();
        long[] checked = new long[1];
        Object[] twice = new Object[parameters.length * 2];
        System.arraycopy(parameters, 0, twice, 0, parameters.length);
        System.arraycopy(parameters, 0, twice, parameters.length, parameters.length);
        jdbc.query(
                "with e as (select * from " + table + " where " + which + "), a as (select * from (" + actual
                        + ") all_rows where " + which + "), both_sides as (select key,"
                        + " bool_or((coalesce(e.n, 0), coalesce(e.hash, 0)) <> (coalesce(a.n, 0), coalesce(a.hash, 0)))"
                        + " as differs from e full join a using (key, kind) group by key)"
                        + " select key, differs, count(*) over () from both_sides order by differs desc, key limit "
                        + Verification.SHOWN,
                (org.springframework.jdbc.core.RowCallbackHandler) row -> {
                    checked[0] = row.getLong(3);
                    if (row.getBoolean(2)) {
                        differing.add(row.getString(1));
                    }
                },
                twice);
        return new Verification(checked[0], differing);
    }

    static long hashOf(String row) {
        try {
            byte[] digest = MessageDigest.getInstance("MD5").digest(row.getBytes(StandardCharsets.UTF_8));
            return Long.parseLong(HexFormat.of().formatHex(digest).substring(0, HEX_DIGITS), 16);
        } catch (NoSuchAlgorithmException missing) {
            throw new IllegalStateException(missing);
        }
    }
}
