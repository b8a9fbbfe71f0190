package dev.parley.query.archive;

import java.text.BreakIterator;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/// Counts in how many texts each word is. It holds a bounded number of words: when there are more,
/// those seen once go, then those seen twice, and so on, so that only rare ones are told too few of.
/// Not thread-safe.
final class WordCounts {

    static final int MOST_WORDS = 100_000;

    private static final int MOST_WORDS_OF_A_TEXT = 1_000;
    private static final int LONGEST_WORD = 40;
    /// One letter of an alphabet says nothing; of Han or Hangul it is a word.
    private static final int SHORTEST_WORD = 2;

    private final Map<String, Long> counts = new HashMap<>();
    private final BreakIterator words = BreakIterator.getWordInstance(Locale.ROOT);

    /// @param text folded
    void add(String text) {
        Set<String> seen = new HashSet<>();
        words.setText(text);
        int start = words.first();
        for (int end = words.next();
                end != BreakIterator.DONE && seen.size() < MOST_WORDS_OF_A_TEXT;
                start = end, end = words.next()) {
            if (isWord(text, start, end)) {
                seen.add(text.substring(start, end));
            }
        }
        seen.forEach(word -> counts.merge(word, 1L, Long::sum));
        for (long rare = 1; counts.size() > MOST_WORDS; rare++) {
            long dropped = rare;
            counts.values().removeIf(count -> count <= dropped);
        }
    }

    private static boolean isWord(String text, int start, int end) {
        int first = text.codePointAt(start);
        int length = end - start;
        return Character.isLetterOrDigit(first)
                && length <= LONGEST_WORD
                && (length >= SHORTEST_WORD || Character.isIdeographic(first));
    }

    /// The most frequent first; of equals, in the order of their letters.
    List<Map.Entry<String, Long>> top(int size) {
        return counts.entrySet().stream()
                .sorted(Map.Entry.<String, Long>comparingByValue(Comparator.reverseOrder())
                        .thenComparing(Map.Entry.comparingByKey()))
                .limit(size)
                .map(entry -> Map.entry(entry.getKey(), entry.getValue()))
                .toList();
    }
}
