package dev.parley.query.archive;

import dev.parley.query.paging.Parameters;
import org.jspecify.annotations.Nullable;

/// Which messages come first.
enum Order {
    /// Those that were stored last.
    NEWEST,
    OLDEST,
    /// Those that the query fits best; the newest of equals.
    RELEVANCE;

    /// @throws dev.parley.messages.RejectedException `invalid`
    static Order of(@Nullable String text) {
        return switch (text) {
            case null -> NEWEST;
            case "newest" -> NEWEST;
            case "oldest" -> OLDEST;
            case "relevance" -> RELEVANCE;
            default -> throw Parameters.invalid("sort", "newest, oldest or relevance");
        };
    }
}
