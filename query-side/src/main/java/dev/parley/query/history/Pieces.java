package dev.parley.query.history;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// Pieces of words that hold dots, hyphens and the like, or letters and digits. See [Segments].
final class Pieces {

    private Pieces() {}

    /// Whether it may stand within a word: a hyphen, or what keeps a word together for the `standard` analyzer (Unicode
    /// UAX #29, section 4.1: MidLetter, MidNum, MidNumLet and ExtendNumLet), as far as people write it.
    static boolean isSign(int c) {
        return switch (c) {
            case '.', ',', ';', ':', '\'', '’', '·', '_' -> true;
            default -> isHyphen(c);
        };
    }

    private static boolean isHyphen(int c) {
        return c == '-' || c == '‐' || c == '‑';
    }

    /// False for most words: plain letters, and signs after them.
    static boolean mayBeOf(String text, int start, int end) {
        int i = start;
        while (i < end && text.charAt(i) >= 'a' && text.charAt(i) <= 'z') {
            i++;
        }
        while (i < end && isSign(text.charAt(i))) {
            i++;
        }
        return i < end;
    }

    /// The pieces of what `standard` keeps together, and all between hyphens put together.
    ///
    /// @param word letters, digits, marks and signs, maybe with signs around it
    /// @param joined letters at most of what is put together
    /// @return each once
    static Set<String> of(String word, int joined) {
        Set<String> parts = new LinkedHashSet<>();
        int start = 0;
        for (int i = 0; i <= word.length(); i++) {
            if (i == word.length() || isHyphen(word.charAt(i))) {
                addPieces(word.substring(start, i), parts);
                start = i + 1;
            }
        }
        String together = together(word);
        if (!together.isEmpty() && together.length() <= joined) {
            parts.add(together);
        }
        return parts;
    }

    private static void addPieces(String word, Set<String> parts) {
        List<String> pieces = split(word);
        if (pieces.size() > 1) {
            parts.addAll(pieces);
            addNumbers(word, parts);
        }
    }

    /// Runs of letters and runs of digits.
    private static List<String> split(String word) {
        List<String> pieces = new ArrayList<>();
        int start = -1;
        boolean digits = false;
        for (int i = 0; i < word.length(); i += Character.charCount(word.codePointAt(i))) {
            int c = word.codePointAt(i);
            boolean sign = isSign(c);
            if (start >= 0 && (sign || !Grams.isMark(c) && Character.isDigit(c) != digits)) {
                pieces.add(word.substring(start, i));
                start = -1;
            }
            if (!sign && start < 0) {
                start = i;
                digits = Character.isDigit(c);
            }
        }
        if (start >= 0) {
            pieces.add(word.substring(start));
        }
        return pieces;
    }

    /// Numbers with dots within, such as versions and addresses.
    private static void addNumbers(String word, Set<String> parts) {
        int start = -1;
        for (int i = 0; i <= word.length(); i++) {
            char c = i < word.length() ? word.charAt(i) : ' ';
            boolean within = c == '.' && i + 1 < word.length() && Character.isDigit(word.charAt(i + 1));
            if (Character.isDigit(c)) {
                start = start < 0 ? i : start;
            } else if (start >= 0 && !within) {
                parts.add(word.substring(start, i));
                start = -1;
            }
        }
    }

    /// The word without its hyphens; empty where it has none within, or has other signs.
    private static String together(String word) {
        StringBuilder letters = new StringBuilder();
        boolean hyphen = false;
        boolean within = false;
        for (int i = 0; i < word.length(); i++) {
            char c = word.charAt(i);
            if (isHyphen(c)) {
                hyphen = !letters.isEmpty();
            } else if (isSign(c)) {
                return "";
            } else {
                within = within || hyphen;
                letters.append(c);
            }
        }
        return within ? letters.toString() : "";
    }
}
