package dev.parley.query.history;

import java.util.ArrayList;
import java.util.List;

/// Pairs of characters, for scripts that are written without spaces between words, and Hangul, whose words carry
/// particles. A character comes with the marks that follow it. See [Segments].
final class Grams {

    private Grams() {}

    static boolean isOf(int c) {
        if (c < 0x0E00) {
            return false;
        }
        return switch (Character.UnicodeScript.of(c)) {
            case HAN, HIRAGANA, KATAKANA, HANGUL, BOPOMOFO, THAI, LAO, KHMER, MYANMAR -> Character.isLetter(c);
            default -> c == 'ー' || c == '々';
        };
    }

    static boolean isMark(int c) {
        return switch (Character.getType(c)) {
            case Character.NON_SPACING_MARK, Character.COMBINING_SPACING_MARK, Character.ENCLOSING_MARK -> true;
            default -> false;
        };
    }

    /// @param last whether the last character is there alone, too; a single one always is
    static List<String> of(String run, boolean last) {
        List<String> grams = new ArrayList<>();
        int start = 0;
        int middle = end(run, 0);
        while (middle < run.length()) {
            int end = end(run, middle);
            grams.add(run.substring(start, end));
            start = middle;
            middle = end;
        }
        if (last || grams.isEmpty()) {
            grams.add(run.substring(start));
        }
        return grams;
    }

    private static int end(String run, int start) {
        int end = start + Character.charCount(run.codePointAt(start));
        while (end < run.length() && isMark(run.codePointAt(end))) {
            end += Character.charCount(run.codePointAt(end));
        }
        return end;
    }
}
