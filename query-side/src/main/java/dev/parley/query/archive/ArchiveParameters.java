package dev.parley.query.archive;

import dev.parley.messages.AccountId;
import dev.parley.messages.archive.ArchiveFilters;
import dev.parley.messages.archive.SavedSearchId;
import dev.parley.query.batch.Storable;
import dev.parley.query.paging.Parameters;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// What every route of the archive is asked with. All of it can be left out: then it is about all
/// messages.
///
/// @param q in the language of searches
/// @param sender accounts, one of which said it; can be repeated, as the next three
/// @param conversation where it was said
/// @param script a script of Unicode that it is written in: `latin`, `han`, …
/// @param attachment a media type of what is attached
/// @param since said then or later: an instant, or a day in `tz`
/// @param until said before: likewise
/// @param tz a time zone of the IANA data base, UTC if missing
/// @param saved a saved search of the caller, instead of all of the above but `tz`
record ArchiveParameters(
        @Nullable String q,
        @Nullable List<String> sender,
        @Nullable List<String> conversation,
        @Nullable List<String> script,
        @Nullable List<String> attachment,
        @Nullable String since,
        @Nullable String until,
        @Nullable String tz,
        @Nullable String saved) {

    private static final int LONGEST_WORD = 200;

    /// @return null where a new search is meant
    /// @throws dev.parley.messages.RejectedException `invalid`
    @Nullable
    SavedSearchId savedSearch() {
        if (saved == null) {
            return null;
        }
        if (!isEmpty()) {
            throw Parameters.invalid("saved", "Either a saved search or a new one, not both");
        }
        return savedSearch("saved", saved);
    }

    static SavedSearchId savedSearch(String name, String text) {
        try {
            return SavedSearchId.of(text);
        } catch (IllegalArgumentException notAnId) {
            throw Parameters.invalid(name, "A saved search's id is a UUID");
        }
    }

    private boolean isEmpty() {
        return q == null
                && sender == null
                && conversation == null
                && script == null
                && attachment == null
                && since == null
                && until == null;
    }

    /// @throws dev.parley.messages.RejectedException `invalid`, with the parameter that is to blame
    Sought sought() {
        Times times = Times.of(tz);
        ArchiveFilters filters = new ArchiveFilters(
                each("sender", sender, ArchiveParameters::account),
                each("conversation", conversation, text -> Parameters.conversation("conversation", text)),
                each("script", script, text -> word("script", text)),
                each("attachment", attachment, text -> word("attachment", text)),
                since == null ? null : times.instant("since", since),
                until == null ? null : times.instant("until", until));
        return new Sought(q == null || q.isBlank() ? null : Storable.text(q), filters);
    }

    /// At most as many as filters hold, each once.
    private static <T> List<T> each(String name, @Nullable List<String> texts, Function<String, T> read) {
        if (texts == null) {
            return List.of();
        }
        if (texts.size() > ArchiveFilters.MOST) {
            throw Parameters.invalid(name, "At most " + ArchiveFilters.MOST + " of them");
        }
        return texts.stream().map(read).distinct().toList();
    }

    private static AccountId account(String text) {
        try {
            return AccountId.of(text);
        } catch (IllegalArgumentException notAnId) {
            throw Parameters.invalid("sender", "An account's id is a UUID");
        }
    }

    private static String word(String name, String text) {
        if (text.isBlank() || text.length() > LONGEST_WORD) {
            throw Parameters.invalid(name, "1 to " + LONGEST_WORD + " characters");
        }
        return Storable.text(text.strip().toLowerCase(Locale.ROOT));
    }
}
