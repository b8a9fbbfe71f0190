package dev.parley.query.search;

import co.elastic.clients.elasticsearch._types.query_dsl.Query;
import dev.parley.query.history.Segments;
import dev.parley.query.history.Segments.Run;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// How words are found, and what each way counts for. The score of a message depends on nothing but the message and the
/// query, so that it stays what it is while others arrive: no word counts more for being rare.
///
/// A word of 4 letters or more may differ by one letter, of 8 or more by two, but not in the first.
final class WordQueries {

    static final String TEXT = "text";
    static final String PARTS = "parts";

    private static final float AS_IT_IS = 8;
    private static final float WITHIN = 7;
    private static final float BEGUN = 4;
    private static final float SIMILAR = 1;
    /// Beside what its words count for.
    private static final float SIDE_BY_SIDE = 4;

    private static final float NEARBY = 2;
    private static final int NEARBY_WORDS = 8;
    /// Words with a beginning of more letters than the index knows by heart.
    private static final int BEGINNINGS = 1_000;
    /// Between what are words of their own in `parts`, too.
    private static final Pattern SEPARATORS = Pattern.compile("[^\\p{L}\\p{N}\\p{M}.,;:'’·_‐‑-]+");

    private WordQueries() {}

    /// Messages with the word: as it is, within another, begun with it while it is typed, or with small slips.
    static Query word(Clause.Word word) {
        Stream.Builder<Query> ways = Stream.builder();
        exactly(word.text()).forEach(ways);
        if (word.begun()) {
            ways.add(scored(BEGUN, begun(word.text())));
            if (word.text().length() > 1) {
                ways.add(scored(BEGUN, startOfPart(word.text())));
            }
        }
        if (Typos.allowed(word.text()) > 0) {
            ways.add(scored(SIMILAR, similar(TEXT, word.text())));
            ways.add(scored(SIMILAR, similar(PARTS, word.text())));
        }
        return best(ways.build().toList());
    }

    /// Messages with the word as it is, or within another.
    static Query plain(Clause.Word word) {
        return best(exactly(word.text()).toList());
    }

    /// Messages with the words side by side. Within words of scripts without spaces each is looked for by itself.
    static Query phrase(Clause.Phrase phrase) {
        List<String> words = Arrays.stream(phrase.text().split(" "))
                .filter(Letters::isSearchable)
                .toList();
        if (words.size() == 1) {
            return best(exactly(words.getFirst()).toList());
        }
        Query together = scored(AS_IT_IS, match(TEXT, phrase.text(), 0));
        if (phrase.text().codePoints().noneMatch(Letters::isUnspaced)) {
            return together;
        }
        List<Query> each =
                words.stream().map(word -> best(exactly(word).toList())).toList();
        return best(List.of(together, scored(WITHIN, Query.of(q -> q.bool(bool -> bool.filter(each))))));
    }

    /// What counts for more where it holds: the words in their order, side by side or near.
    static List<Query> near(List<Clause.Word> words) {
        String text = String.join(" ", words.stream().map(Clause.Word::text).toList());
        return List.of(scored(SIDE_BY_SIDE, match(TEXT, text, 0)), scored(NEARBY, match(TEXT, text, NEARBY_WORDS)));
    }

    static Query scored(float boost, Query query) {
        return Query.of(q -> q.constantScore(constant -> constant.boost(boost).filter(query)));
    }

    /// The word in the text or its parts. Of one with parts among others, each must be there in the one way or the
    /// other.
    private static Stream<Query> exactly(String word) {
        Query whole = scored(AS_IT_IS, match(TEXT, word, 0));
        List<Run> units = units(word);
        if (units.size() == 1) {
            return Stream.of(whole, scored(WITHIN, within(units.getFirst())));
        }
        if (units.stream().allMatch(unit -> Segments.parts(unit.text()).isEmpty())) {
            return Stream.of(whole);
        }
        List<Query> each = units.stream()
                .map(unit -> best(List.of(match(TEXT, unit.text(), 0), within(unit))))
                .toList();
        return Stream.of(whole, scored(WITHIN, Query.of(q -> q.bool(bool -> bool.filter(each)))));
    }

    /// As [Segments] has it in `parts`: the pieces of a word, or the word as a piece of another; the grams of a run.
    private static Query within(Run unit) {
        if (!unit.pairs()) {
            String parts = Segments.parts(unit.text());
            Query pieces = match(PARTS, parts.isEmpty() ? unit.text() : parts, 0);
            // wi-fi is wifi to others
            return parts.isEmpty() || parts.indexOf(' ') >= 0 ? pieces : best(List.of(pieces, match(TEXT, parts, 0)));
        }
        List<String> grams = unit.grams();
        if (grams.size() == 1) {
            return startOfPart(grams.getFirst());
        }
        return Query.of(q -> q.matchPhrasePrefix(
                match -> match.field(PARTS).query(String.join(" ", grams)).maxExpansions(BEGINNINGS)));
    }

    private static Query startOfPart(String start) {
        return Query.of(q -> q.prefix(prefix -> prefix.field(PARTS).value(start)));
    }

    /// What a word is looked for by: runs of a script without spaces, and of the others what punctuation parts.
    static List<Run> units(String word) {
        List<Run> units = new ArrayList<>();
        for (Run run : Segments.runs(word)) {
            if (run.pairs()) {
                units.add(run);
            } else {
                Arrays.stream(SEPARATORS.split(run.text()))
                        .filter(Letters::isSearchable)
                        .forEach(unit -> units.add(new Run(unit, false)));
            }
        }
        return units;
    }

    private static Query begun(String word) {
        return Query.of(
                q -> q.matchPhrasePrefix(match -> match.field(TEXT).query(word).maxExpansions(BEGINNINGS)));
    }

    private static Query match(String field, String text, int slop) {
        return Query.of(
                q -> q.matchPhrase(match -> match.field(field).query(text).slop(slop)));
    }

    /// The rewrite looks at every such word; the usual one takes the 50 best, which change while messages arrive.
    private static Query similar(String field, String word) {
        return Query.of(q -> q.fuzzy(fuzzy -> fuzzy.field(field)
                .value(word)
                .fuzziness(Integer.toString(Typos.allowed(word)))
                .prefixLength(Typos.EXACT_LETTERS)
                .rewrite("constant_score")));
    }

    private static Query best(List<Query> ways) {
        return Query.of(q -> q.disMax(max -> max.queries(ways).tieBreaker(0.0)));
    }
}
