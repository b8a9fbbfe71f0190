package dev.parley.axonserver;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// What is in the event table, read past the node, and checked against what clients know.
final class StoredLog {

    private final TestDatabase database;
    private final List<String> identifiers = new ArrayList<>();
    private final Set<String> distinct = new HashSet<>();

    StoredLog(TestDatabase database) {
        this.database = database;
    }

    int size() {
        return identifiers.size();
    }

    /// Reads what was added since the last time. There must be no hole, no repeat, and a head that fits.
    void read() throws SQLException {
        try (Connection connection = database.dataSource().getConnection();
                PreparedStatement events = connection.prepareStatement("""
                        select global_index, message_id from axonserver.event
                         where context_id = 0 and global_index >= ? order by global_index""");
                PreparedStatement head =
                        connection.prepareStatement("select next_index from axonserver.context where id = 0")) {
            connection.setAutoCommit(false);
            connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
            events.setLong(1, identifiers.size());
            try (ResultSet row = events.executeQuery()) {
                while (row.next()) {
                    assertThat(row.getLong(1)).as("no hole").isEqualTo(identifiers.size());
                    assertThat(distinct.add(row.getString(2)))
                            .as("no event twice")
                            .isTrue();
                    identifiers.add(row.getString(2));
                }
            }
            try (ResultSet row = head.executeQuery()) {
                row.next();
                assertThat(row.getLong(1)).as("the head").isEqualTo(identifiers.size());
            }
            connection.rollback();
        }
    }

    /// All of it, from the beginning: what was read before has not changed.
    void readAgain() throws SQLException {
        List<String> before = List.copyOf(identifiers);
        identifiers.clear();
        distinct.clear();
        read();
        assertThat(identifiers.subList(0, before.size())).isEqualTo(before);
    }

    /// @param acknowledged taken before [#read()]
    void holds(Set<String> acknowledged) {
        List<String> lost =
                acknowledged.stream().filter(id -> !distinct.contains(id)).toList();
        assertThat(lost).as("acknowledged and lost").isEmpty();
    }

    /// @param refused as known at any time
    void holdsNot(Set<String> refused) {
        List<String> stored = refused.stream().filter(distinct::contains).toList();
        assertThat(stored).as("refused and stored").isEmpty();
    }

    /// What a reader saw is what is stored, in that order.
    ///
    /// @param first index of the first event it saw
    /// @param seen taken before [#read()]
    void begins(long first, List<String> seen) {
        int from = (int) first;
        assertThat(from + seen.size()).as("no reader is ahead").isLessThanOrEqualTo(identifiers.size());
        assertThat(identifiers.subList(from, from + seen.size())).isEqualTo(seen);
    }

    /// Identifiers in order.
    List<String> identifiers() {
        return List.copyOf(identifiers);
    }
}
