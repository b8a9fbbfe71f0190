package dev.parley.query.search;

import java.lang.Character.UnicodeScript;

/// What counts as part of a word when messages are searched. It follows Elasticsearch's standard tokenizer (Unicode
/// UAX #29), and parts letters from digits where [dev.parley.query.history.Segments] does.
final class Letters {

    /// How a character joins with its neighbours.
    enum Joining {
        /// With other letters: of scripts that are written with spaces.
        LETTER,
        /// With other digits.
        DIGIT,
        /// A word or a part of one by itself: of scripts that are written without spaces, and emoji.
        ALONE,
        /// In no word: spaces, punctuation and most symbols.
        NONE
    }

    private Letters() {}

    static Joining joining(int codePoint) {
        if (Character.isLetter(codePoint) || isMark(codePoint)) {
            return isUnspaced(codePoint) ? Joining.ALONE : Joining.LETTER;
        }
        if (Character.isDigit(codePoint) || Character.getType(codePoint) == Character.LETTER_NUMBER) {
            return Joining.DIGIT;
        }
        return Character.isExtendedPictographic(codePoint)
                        || Character.isEmojiModifier(codePoint)
                        || isOfFlag(codePoint)
                ? Joining.ALONE
                : Joining.NONE;
    }

    /// Regional indicators, two of which are a flag (Unicode UTS #51).
    private static boolean isOfFlag(int codePoint) {
        return codePoint >= 0x1F1E6 && codePoint <= 0x1F1FF;
    }

    /// Whether two neighbours are of one word.
    static boolean join(int left, int right) {
        Joining joining = joining(left);
        return (joining == Joining.LETTER || joining == Joining.DIGIT) && joining == joining(right);
    }

    static boolean isSearchable(int codePoint) {
        return joining(codePoint) != Joining.NONE;
    }

    static boolean isSearchable(String text) {
        return text.codePoints().anyMatch(Letters::isSearchable);
    }

    /// Separates words whatever is around it: white space, and what cannot be seen or written.
    static boolean isSpace(int codePoint) {
        return Character.isWhitespace(codePoint)
                || Character.isSpaceChar(codePoint)
                || Character.isISOControl(codePoint);
    }

    /// Of a script whose words are not parted by spaces. Hangul has spaces, but particles stick to its words.
    static boolean isUnspaced(int codePoint) {
        return switch (UnicodeScript.of(codePoint)) {
            case HAN, HIRAGANA, KATAKANA, BOPOMOFO, HANGUL, THAI, LAO, KHMER, MYANMAR -> true;
            default -> codePoint == 'ー';
        };
    }

    private static boolean isMark(int codePoint) {
        return switch (Character.getType(codePoint)) {
            case Character.NON_SPACING_MARK, Character.COMBINING_SPACING_MARK, Character.ENCLOSING_MARK -> true;
            default -> false;
        };
    }
}
