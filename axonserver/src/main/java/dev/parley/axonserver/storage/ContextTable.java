package dev.parley.axonserver.storage;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import javax.sql.DataSource;

/// The contexts that have a log in this database. Ids are given once and for all. Blocks: never call it on a transport
/// thread.
final class ContextTable {

    private static final String ADD = """
            insert into axonserver.context (id, name)
            select max(id) + 1, ? from axonserver.context
            on conflict do nothing""";

    private static final String FIND = "select id from axonserver.context where name = ?";

    private final DataSource connections;

    ContextTable(DataSource connections) {
        this.connections = connections;
    }

    /// The id of a context, which is added if there is none of that name.
    short idOf(String name) throws SQLException {
        try (Connection connection = connections.getConnection();
                PreparedStatement find = connection.prepareStatement(FIND);
                PreparedStatement add = connection.prepareStatement(ADD)) {
            find.setString(1, name);
            add.setString(1, name);
            while (true) {
                try (ResultSet row = find.executeQuery()) {
                    if (row.next()) {
                        return row.getShort(1);
                    }
                }
                // Somebody else may be faster with the name, or with the id: then it is looked for, or tried, again.
                add.executeUpdate();
            }
        }
    }
}
