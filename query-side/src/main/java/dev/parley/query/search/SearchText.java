package dev.parley.query.search;

import co.elastic.clients.elasticsearch._types.query_dsl.Operator;
import co.elastic.clients.elasticsearch._types.query_dsl.Query;
import dev.parley.query.history.Folding;
import dev.parley.query.paging.Parameters;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// What somebody searches for: plain words, all of which a message must hold. There is no query language, so nothing
/// needs to be escaped.
///
/// A word of 4 letters or more may differ by one letter, of 8 or more by two, but not in the first; the last word may
/// be the start of one, as it is while somebody types.
///
/// @param folded the words as they are compared
record SearchText(String folded) {

    private static final int MAX_LENGTH = 500;
    private static final String TEXT = "text";
    private static final String FUZZINESS = "AUTO:4,8";
    private static final int EXACT_LETTERS = 1;
    /// The last run of letters, digits and marks.
    private static final Pattern LAST_WORD = Pattern.compile("[\\p{L}\\p{N}\\p{M}]+(?=[^\\p{L}\\p{N}\\p{M}]*\\z)");

    /// @throws dev.parley.messages.RejectedException `invalid` if it is missing, blank or longer than 500 characters
    static SearchText of(@Nullable String q) {
        if (q == null || q.isBlank()) {
            throw Parameters.invalid("q", "Say what to search for");
        }
        if (q.length() > MAX_LENGTH) {
            throw Parameters.invalid("q", "At most " + MAX_LENGTH + " characters");
        }
        return new SearchText(Folding.fold(q));
    }

    /// Finds messages with all words.
    Query query() {
        return Query.of(query ->
                query.bool(bool -> bool.should(words(), startOfLastWord()).minimumShouldMatch("1")));
    }

    /// Marks the words in a message that was found. A prefix in the index of prefixes marks nothing, so the last word
    /// is looked for again without it.
    Query marks() {
        Matcher last = LAST_WORD.matcher(folded);
        if (!last.find()) {
            return words();
        }
        Query start = Query.of(
                query -> query.wildcard(wildcard -> wildcard.field(TEXT).value(last.group() + "*")));
        return Query.of(query -> query.bool(bool -> bool.should(words(), start).minimumShouldMatch("1")));
    }

    private Query words() {
        return Query.of(query -> query.match(match -> match.field(TEXT)
                .query(folded)
                .operator(Operator.And)
                .fuzziness(FUZZINESS)
                .prefixLength(EXACT_LETTERS)));
    }

    private Query startOfLastWord() {
        return Query.of(query -> query.matchBoolPrefix(match -> match.field(TEXT)
                .query(folded)
                .operator(Operator.And)
                .fuzziness(FUZZINESS)
                .prefixLength(EXACT_LETTERS)));
    }
}
