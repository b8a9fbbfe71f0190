package dev.parley.testing;

import java.util.List;
import org.springframework.jdbc.core.JdbcTemplate;

/// The tables of `query_side`.
public final class Tables {

    private static final List<String> ALL = List.of(
            "account",
            "conversation",
            "member",
            "sent_run",
            "mark",
            "mention",
            "reaction",
            "clear",
            "started",
            "player",
            "game",
            "saved_search");

    private Tables() {}

    /// As if no fact had ever been seen.
    public static void empty(JdbcTemplate jdbc) {
        ALL.forEach(table -> jdbc.update("delete from query_side." + table));
    }
}
