package dev.parley.query.history;

import java.text.Normalizer;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;

/// Makes words that people take for the same the same: without case, accents and width. It folds documents and queries
/// alike, so that a plain Elasticsearch, without analysis plugins, finds `Grüße` for `GRUSSE` and `ｋｅｒｎｅｌ` for
/// `kernel`.
///
/// Text is taken in clusters, a code point with the marks that follow it. Each is decomposed (NFKD, Unicode UAX #15),
/// loses the accents of the scripts where they are optional, becomes lower case, and is composed again. Han, kana
/// with its voicing marks, Hangul and the vowel signs of Indic scripts stay as they are. Digits of all scripts become
/// those of ASCII; letters that differ by their place in a word (Greek, Hebrew) or by keyboard (Arabic, Persian) become
/// one. Emoji lose their skin tone. Control characters become spaces, invisible formatting characters go. Folding what
/// is folded changes nothing.
public final class Folding {

    /// Letters that have no decomposition, and that people type without their stroke or as two.
    private static final Map<Character, String> LETTERS = Map.ofEntries(
            Map.entry('ß', "ss"),
            Map.entry('ς', "σ"),
            Map.entry('ø', "o"),
            Map.entry('æ', "ae"),
            Map.entry('œ', "oe"),
            Map.entry('ł', "l"),
            Map.entry('đ', "d"),
            Map.entry('ð', "d"),
            Map.entry('þ', "th"),
            Map.entry('ħ', "h"),
            Map.entry('ŧ', "t"),
            Map.entry('ı', "i"),
            Map.entry('ך', "כ"),
            Map.entry('ם', "מ"),
            Map.entry('ן', "נ"),
            Map.entry('ף', "פ"),
            Map.entry('ץ', "צ"),
            Map.entry('ى', "ي"),
            Map.entry('ی', "ي"),
            Map.entry('ة', "ه"),
            Map.entry('ک', "ك"),
            Map.entry('ँ', "ं"));

    /// Stretches an Arabic word to fill its line.
    private static final int TATWEEL = 0x0640;
    private static final int DEVANAGARI_NUKTA = 0x093C;

    private final String source;
    private final StringBuilder folded;
    private int[] starts;
    private int[] ends;

    private Folding(String source) {
        this.source = source;
        this.folded = new StringBuilder(source.length());
        this.starts = new int[source.length() + 16];
        this.ends = new int[source.length() + 16];
    }

    /// The folded text.
    public static String fold(String text) {
        return of(text).text();
    }

    /// The folded text with its way back to the original.
    public static Folding of(String text) {
        Folding folding = new Folding(text);
        int i = 0;
        while (i < text.length()) {
            int end = clusterEnd(text, i);
            folding.append(i, end);
            i = end;
        }
        return folding;
    }

    public String text() {
        return folded.toString();
    }

    /// Where in the original the character at this index of the folded text begins.
    public int start(int foldedIndex) {
        return starts[foldedIndex];
    }

    /// Where in the original the character at this index of the folded text ends, exclusive.
    public int end(int foldedIndex) {
        return ends[foldedIndex];
    }

    private void append(int start, int end) {
        char first = source.charAt(start);
        if (end - start == 1 && first < 0x80) {
            add(Character.isISOControl(first) ? ' ' : Character.toLowerCase(first), start, end);
            return;
        }
        String cluster = cluster(source.substring(start, end));
        for (int i = 0; i < cluster.length(); i++) {
            add(cluster.charAt(i), start, end);
        }
    }

    private void add(char c, int start, int end) {
        int index = folded.length();
        if (index == starts.length) {
            starts = Arrays.copyOf(starts, index * 2);
            ends = Arrays.copyOf(ends, index * 2);
        }
        starts[index] = start;
        ends[index] = end;
        folded.append(c);
    }

    private static String cluster(String cluster) {
        String decomposed = isLetterOfHangul(cluster) ? cluster : Normalizer.normalize(cluster, Normalizer.Form.NFKD);
        StringBuilder bare = new StringBuilder(decomposed.length());
        decomposed.codePoints().forEach(c -> {
            if (Character.isISOControl(c)) {
                bare.append(' ');
            } else if (Character.isDigit(c)) {
                bare.append(Character.digit(c, 10));
            } else if (!isDropped(c) && !(isSkinTone(c) && c != cluster.codePointAt(0))) {
                bare.appendCodePoint(c);
            }
        });
        String lower = bare.toString().toLowerCase(Locale.ROOT);
        StringBuilder folded = new StringBuilder(lower.length());
        for (int i = 0; i < lower.length(); i++) {
            String letter = LETTERS.get(lower.charAt(i));
            folded.append(letter == null ? String.valueOf(lower.charAt(i)) : letter);
        }
        return Normalizer.normalize(folded, Normalizer.Form.NFC);
    }

    /// A letter that stands for itself; decomposed it would join the next one to a syllable.
    private static boolean isLetterOfHangul(String cluster) {
        char c = cluster.charAt(0);
        return c >= 0x3131 && c <= 0x318E || c >= 0xFFA0 && c <= 0xFFDC;
    }

    private static int clusterEnd(String text, int start) {
        int end = start + Character.charCount(text.codePointAt(start));
        while (end < text.length()) {
            int c = text.codePointAt(end);
            if (c < 0x300 && c != 0xAD || !isExtender(c)) {
                break;
            }
            end += Character.charCount(c);
        }
        return end;
    }

    private static boolean isDropped(int c) {
        return Character.getType(c) == Character.FORMAT || c == TATWEEL || isAccent(c);
    }

    private static boolean isSkinTone(int c) {
        return c >= 0x1F3FB && c <= 0x1F3FF;
    }

    /// Marks, invisible formatting, the vowels and finals of decomposed Hangul, half-width voicing marks, and what
    /// stretches or colours what it follows.
    private static boolean isExtender(int c) {
        return switch (Character.getType(c)) {
            case Character.NON_SPACING_MARK,
                    Character.COMBINING_SPACING_MARK,
                    Character.ENCLOSING_MARK,
                    Character.FORMAT -> true;
            default -> c >= 0x1160 && c <= 0x11FF || c == 0xFF9E || c == 0xFF9F || c == TATWEEL || isSkinTone(c);
        };
    }

    private static boolean isAccent(int c) {
        int type = Character.getType(c);
        if (type != Character.NON_SPACING_MARK && type != Character.ENCLOSING_MARK || c == 0x3099 || c == 0x309A) {
            return false;
        }
        return switch (Character.UnicodeScript.of(c)) {
            case INHERITED, LATIN, GREEK, CYRILLIC, HEBREW, ARABIC -> true;
            default -> c == DEVANAGARI_NUKTA;
        };
    }
}
