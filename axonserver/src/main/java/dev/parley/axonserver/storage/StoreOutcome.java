package dev.parley.axonserver.storage;

import java.sql.SQLException;
import java.util.Set;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/// What an exception of a storing statement says about it.
enum StoreOutcome {
    /// The server refused the data itself: nothing was stored, and it would refuse it again.
    REFUSED,
    /// The server rolled back for reasons of its own: nothing was stored.
    ROLLED_BACK,
    /// Nobody knows. The connection is of no more use.
    UNKNOWN;

    /// Classes of SQLSTATE after which the server has rolled back and the connection lives.
    private static final Set<String> ROLLED_BACK_CLASSES = Set.of("25", "40", "42", "53", "54", "55");

    static StoreOutcome of(SQLException e) {
        String state = e.getSQLState();
        if (state == null || state.length() != 5 || serverEnds(e)) {
            return UNKNOWN;
        }
        String kind = state.substring(0, 2);
        if (kind.equals("22") || kind.equals("23")) {
            return REFUSED;
        }
        return ROLLED_BACK_CLASSES.contains(kind) ? ROLLED_BACK : UNKNOWN;
    }

    /// A server that gives up, for want of space for its log for instance, may have committed before.
    private static boolean serverEnds(SQLException e) {
        ServerErrorMessage message = e instanceof PSQLException known ? known.getServerErrorMessage() : null;
        String severity = message == null ? null : message.getSeverity();
        return "FATAL".equals(severity) || "PANIC".equals(severity);
    }
}
