package dev.parley.query.rebuild;

import java.util.List;
import org.springframework.jdbc.core.JdbcTemplate;

/// A projection that can be built anew beside the one that is read: a bean of this type is all that it takes.
public interface Rebuildable {

    /// Its processor's name: lower-case letters, at most 20.
    String projection();

    /// The tables of `query_side` that only this projection writes. Its row in `clear` is taken care of.
    List<String> tables();

    /// Tables that only a generation has, to remember what it is to be: `create table query_side.<name> (…)` by name.
    List<Expectation> expectations();

    /// Tells what a projection of this code looks like. A rebuild that another code began is begun again.
    String shape();

    /// Whether what is read was written by code that made other rows or documents.
    ///
    /// @throws RuntimeException if that cannot be told now
    default boolean isOutdated() {
        return false;
    }

    /// Whether the projection takes in facts of this type; others are not even read.
    boolean keeps(Class<?> fact);

    /// @param number tells it from all others of this projection
    /// @param next every statement that names one of the tables or expectations means the generation's
    Generation generation(int number, JdbcTemplate next);

    /// @param columns in parentheses, as SQL
    record Expectation(String table, String columns) {}
}
