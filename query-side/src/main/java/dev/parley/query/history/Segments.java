package dev.parley.query.history;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// Makes findable what Elasticsearch's `standard` analyzer does not: it keeps `qwen3.6`, `foo_bar` and `node.js` as one
/// word each, and so it does with all that is written without spaces in Katakana, Hangul, Thai, Lao, Khmer and Myanmar.
/// `standard` is what indexes `text`; what is made here goes to `parts`, which is split at spaces and nowhere else.
///
/// ```text
/// qwen3.6     qwen 3 6 3.6         pieces between dots and where letters and digits meet, and numbers with their dots
/// wi-fi       wifi                 a hyphen splits words in `text`; together they are here
/// 東京タワー   東京 京タ タワ ワー ー   each character (with its marks) and the next one, the last one alone
/// ```
///
/// So a run of characters is found by the pairs it consists of, one after the other, and a single character by whatever
/// begins with it. The last one stands alone between two runs, lest pairs of both look like one. Pieces of a word are
/// one after the other, too, once however often the word is there.
///
/// Everything here takes [folded](Folding) text. Time and space grow with its length. Stateless.
public final class Segments {

    /// Letters that hyphens join; longer ones are no words.
    private static final int MAX_JOINED = 60;

    private Segments() {}

    /// A stretch of a word as it is to be looked for.
    ///
    /// @param text the stretch itself
    /// @param pairs whether it is of a script written without spaces, and so is found in `parts` by its grams
    public record Run(String text, boolean pairs) {

        /// What `parts` holds of it, to be found one after the other, the last one as a prefix: one for each character
        /// but the last, or that one character; empty where [#pairs] is false.
        public List<String> grams() {
            return pairs ? Grams.of(text, false) : List.of();
        }
    }

    /// What to index in `parts` beside `text`: words separated by spaces, empty where there is nothing to add.
    public static String parts(String folded) {
        List<String> parts = new ArrayList<>();
        Set<Set<String>> words = new LinkedHashSet<>();
        for (Run run : runs(folded)) {
            if (run.pairs()) {
                parts.addAll(Grams.of(run.text(), true));
            }
        }
        int i = 0;
        while (i < folded.length()) {
            int end = wordEnd(folded, i);
            if (end > i) {
                if (Pieces.mayBeOf(folded, i, end)) {
                    words.add(Pieces.of(folded.substring(i, end), MAX_JOINED));
                }
                i = end;
            } else {
                i += Character.charCount(folded.codePointAt(i));
            }
        }
        words.forEach(parts::addAll);
        return String.join(" ", parts);
    }

    /// The text in stretches of scripts with and without spaces, in their order; together they are the text.
    public static List<Run> runs(String folded) {
        List<Run> runs = new ArrayList<>();
        int start = 0;
        while (start < folded.length()) {
            boolean pairs = Grams.isOf(folded.codePointAt(start));
            int end = start;
            while (end < folded.length()) {
                int c = folded.codePointAt(end);
                if (end > start && !Grams.isMark(c) && Grams.isOf(c) != pairs) {
                    break;
                }
                end += Character.charCount(c);
            }
            runs.add(new Run(folded.substring(start, end), pairs));
            start = end;
        }
        return runs;
    }

    /// The end of the letters, digits and the signs within a word that begin here; where none begin, here.
    private static int wordEnd(String text, int start) {
        int end = start;
        while (end < text.length()) {
            int c = text.codePointAt(end);
            if (Character.isLetterOrDigit(c) ? Grams.isOf(c) : !Grams.isMark(c) && !Pieces.isSign(c)) {
                break;
            }
            end += Character.charCount(c);
        }
        return end;
    }
}
