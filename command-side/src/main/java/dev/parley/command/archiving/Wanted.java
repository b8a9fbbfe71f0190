package dev.parley.command.archiving;

import static dev.parley.messages.archive.ArchiveCommand.LONGEST_QUERY;
import static dev.parley.messages.archive.ArchiveFilters.MOST;

import dev.parley.messages.Rejection;
import dev.parley.messages.archive.ArchiveFilters;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The bounds of what is searched for, because it is stored for ever. Whether the query can be read is
/// for who runs it.
final class Wanted {

    private static final int LONGEST_WORD = 200;

    private Wanted() {}

    /// @return `invalid`, with its field; null where nothing is wrong
    static @Nullable Rejection fault(@Nullable String query, ArchiveFilters filters) {
        if (query != null && query.length() > LONGEST_QUERY) {
            return Rejection.invalid("q", "At most " + LONGEST_QUERY + " characters");
        }
        if (filters.senders().size() > MOST) {
            return tooMany("sender");
        }
        if (filters.conversations().size() > MOST) {
            return tooMany("conversation");
        }
        Rejection scripts = words("script", filters.scripts());
        return scripts == null ? words("attachment", filters.attachments()) : scripts;
    }

    private static @Nullable Rejection words(String field, List<String> words) {
        if (words.size() > MOST) {
            return tooMany(field);
        }
        return words.stream().anyMatch(word -> word.length() > LONGEST_WORD)
                ? Rejection.invalid(field, "At most " + LONGEST_WORD + " characters")
                : null;
    }

    private static Rejection tooMany(String field) {
        return Rejection.invalid(field, "At most " + MOST + " of them");
    }
}
