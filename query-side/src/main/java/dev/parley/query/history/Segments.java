package dev.parley.query.history;

import java.lang.Character.UnicodeScript;
import java.text.BreakIterator;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// What Elasticsearch's standard analyzer does not make findable of a text, as words between spaces: pieces of words
/// with
/// dots and digits (it parts words at hyphens itself), pairs of characters of Chinese, Japanese and Korean, words of
/// Thai, Lao, Khmer and Myanmar.
/// Documents and queries go through it alike, so that the pieces of a query stand side by side in the document.
///
/// ```
/// qwen3.6   qwen 3 6 3.6
/// ソフト      ソフ フト
/// ```
public final class Segments {

    private static final Locale THAI = Locale.of("th");
    /// Characters of a word whose pieces are kept; a longer one is no word.
    private static final int LONGEST = 200;

    private Segments() {}

    private enum Kind {
        LETTER,
        DIGIT,
        /// In pairs.
        PAIRED,
        /// In words that a dictionary knows.
        COMPLEX,
        /// Between the pieces of what is one word to the standard analyzer.
        JOINER,
        OTHER
    }

    /// @param folded by [Folding]
    /// @return pieces with one space between two, in the order of the text; empty where there is nothing to add
    public static String parts(String folded) {
        List<String> parts = new ArrayList<>();
        int at = 0;
        while (at < folded.length()) {
            Kind kind = kind(folded.codePointAt(at));
            int end = kind == Kind.LETTER || kind == Kind.DIGIT ? wordEnd(folded, at) : runEnd(folded, at, kind);
            switch (kind) {
                case LETTER, DIGIT -> pieces(folded.substring(at, end), parts);
                case PAIRED -> pairs(folded.substring(at, end), parts);
                case COMPLEX -> words(folded.substring(at, end), parts);
                case JOINER, OTHER -> {}
            }
            at = end;
        }
        return String.join(" ", parts);
    }

    private static int runEnd(String text, int start, Kind kind) {
        int end = start;
        while (end < text.length() && kind(text.codePointAt(end)) == kind) {
            end += Character.charCount(text.codePointAt(end));
        }
        return end;
    }

    /// Where letters, digits and what joins them ends, without a joiner at the end.
    private static int wordEnd(String text, int start) {
        int end = start;
        int at = start;
        while (at < text.length()) {
            int c = text.codePointAt(at);
            Kind kind = kind(c);
            if (kind != Kind.LETTER && kind != Kind.DIGIT && kind != Kind.JOINER) {
                break;
            }
            at += Character.charCount(c);
            if (kind != Kind.JOINER) {
                end = at;
            }
        }
        return end;
    }

    /// A word's runs of letters and of digits, then the numbers with dots in it.
    private static void pieces(String word, List<String> parts) {
        if (word.length() > LONGEST) {
            return;
        }
        List<String> pieces = new ArrayList<>();
        StringBuilder number = new StringBuilder();
        List<String> numbers = new ArrayList<>();
        int at = 0;
        while (at < word.length()) {
            Kind kind = kind(word.codePointAt(at));
            int end = runEnd(word, at, kind);
            String run = word.substring(at, end);
            if (kind != Kind.JOINER) {
                pieces.add(run);
            }
            if (kind == Kind.DIGIT || run.equals(".") && !number.isEmpty()) {
                number.append(run);
            } else {
                addNumber(number, numbers);
            }
            at = end;
        }
        addNumber(number, numbers);
        if (pieces.size() > 1) {
            parts.addAll(pieces);
            numbers.stream().filter(found -> !found.equals(word)).forEach(parts::add);
        }
    }

    private static void addNumber(StringBuilder number, List<String> numbers) {
        while (!number.isEmpty() && number.charAt(number.length() - 1) == '.') {
            number.setLength(number.length() - 1);
        }
        if (number.indexOf(".") > 0) {
            numbers.add(number.toString());
        }
        number.setLength(0);
    }

    private static void pairs(String run, List<String> parts) {
        int[] points = run.codePoints().toArray();
        for (int i = 0; i + 1 < points.length; i++) {
            parts.add(new String(points, i, 2));
        }
    }

    private static void words(String run, List<String> parts) {
        BreakIterator words = BreakIterator.getWordInstance(THAI);
        words.setText(run);
        int start = words.first();
        for (int end = words.next(); end != BreakIterator.DONE; end = words.next()) {
            String word = run.substring(start, end);
            if (word.length() < run.length()) {
                parts.add(word);
            }
            start = end;
        }
    }

    private static Kind kind(int c) {
        if (c == '.' || c == '_' || c == '\'' || c == '’' || c == ':') {
            return Kind.JOINER;
        }
        boolean mark = Character.getType(c) == Character.NON_SPACING_MARK
                || Character.getType(c) == Character.COMBINING_SPACING_MARK;
        if (!mark && !Character.isLetterOrDigit(c)) {
            return Kind.OTHER;
        }
        return switch (UnicodeScript.of(c)) {
            case HAN, HIRAGANA, KATAKANA, BOPOMOFO, HANGUL -> Kind.PAIRED;
            case THAI, LAO, KHMER, MYANMAR -> Kind.COMPLEX;
            default -> c == 'ー' ? Kind.PAIRED : Character.isDigit(c) ? Kind.DIGIT : Kind.LETTER;
        };
    }
}
