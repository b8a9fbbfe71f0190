package dev.parley.command.account;

import java.lang.Character.UnicodeScript;
import java.util.EnumSet;
import java.util.Set;

/// Which of Unicode's invisible characters a name may have: those that shape what is seen, where they do. Anywhere
/// else they would make two names that look the same.
///
/// - U+200C and U+200D, the joiners: between emoji, and in scripts whose letters join or stack (after
///   Unicode Standard Annex 31, section 2.3);
/// - variation selectors, but not after letters of alphabets that have no variants;
/// - U+E0020 to U+E007F, the tags: in the flag of a region (Unicode Technical Standard 51, annex C).
final class Legible {

    private static final int ZWNJ = 0x200C;
    private static final int ZWJ = 0x200D;
    private static final int BLACK_FLAG = 0x1F3F4;
    private static final int FIRST_TAG = 0xE0020;
    private static final int LAST_TAG = 0xE007F;
    private static final int EMOJI_SELECTOR = 0xFE0F;
    private static final int KEYCAP = 0x20E3;

    /// Letters and symbols that are blank: fillers of Hangul, the grapheme joiner, the empty Braille pattern.
    private static final String BLANK = "\u115F\u1160\u3164\uFFA0\u034F\u2800";

    /// Scripts in which a joiner changes nothing that is seen.
    private static final Set<UnicodeScript> UNJOINED = EnumSet.of(
            UnicodeScript.LATIN,
            UnicodeScript.GREEK,
            UnicodeScript.CYRILLIC,
            UnicodeScript.ARMENIAN,
            UnicodeScript.GEORGIAN,
            UnicodeScript.HEBREW,
            UnicodeScript.HAN,
            UnicodeScript.HANGUL,
            UnicodeScript.HIRAGANA,
            UnicodeScript.KATAKANA,
            UnicodeScript.COMMON,
            UnicodeScript.INHERITED,
            UnicodeScript.UNKNOWN);

    private final int[] text;

    private Legible(int[] text) {
        this.text = text;
    }

    /// Whether every invisible character of the text has its place.
    static boolean is(String text) {
        Legible legible = new Legible(text.codePoints().toArray());
        for (int i = 0; i < legible.text.length; i++) {
            if (!legible.isInPlace(i)) {
                return false;
            }
        }
        return true;
    }

    /// Whether it is one of the characters for formatting that may be in a name at all.
    static boolean isShaping(int codePoint) {
        return codePoint == ZWNJ || codePoint == ZWJ || isTag(codePoint);
    }

    private boolean isInPlace(int i) {
        int it = text[i];
        if (it == ZWJ && isEmojiEnd(at(i - 1))) {
            return isEmoji(at(i + 1));
        }
        if (it == ZWNJ || it == ZWJ) {
            return joins(i);
        }
        if (isTag(it)) {
            boolean ends = it == LAST_TAG || isTag(at(i + 1));
            return ends && (at(i - 1) == BLACK_FLAG || isTag(at(i - 1)) && at(i - 1) != LAST_TAG);
        }
        if (isVariationSelector(it)) {
            return varies(i);
        }
        return BLANK.indexOf(it) < 0;
    }

    /// After a mark, as a virama is, or between two letters.
    private boolean joins(int i) {
        if (UNJOINED.contains(scriptBefore(i)) || isShaping(at(i - 1))) {
            return false;
        }
        return isMark(at(i - 1)) || Character.isLetter(at(i + 1));
    }

    private boolean varies(int i) {
        int before = at(i - 1);
        if (before < 0x80) {
            return text[i] == EMOJI_SELECTOR && Character.isEmoji(before) && at(i + 1) == KEYCAP;
        }
        return switch (UnicodeScript.of(before)) {
            case LATIN, GREEK, CYRILLIC -> false;
            case COMMON -> Character.isEmoji(before);
            default -> !isVariationSelector(before) && !isShaping(before) && before >= 0;
        };
    }

    /// Of the last character before i that has one of its own.
    private UnicodeScript scriptBefore(int i) {
        for (int j = i - 1; j >= 0; j--) {
            UnicodeScript script = UnicodeScript.of(text[j]);
            if (script != UnicodeScript.INHERITED) {
                return script;
            }
        }
        return UnicodeScript.COMMON;
    }

    /// @return 0 before the first and after the last one
    private int at(int i) {
        return i >= 0 && i < text.length ? text[i] : 0;
    }

    private static boolean isEmojiEnd(int codePoint) {
        return isEmoji(codePoint) || codePoint == EMOJI_SELECTOR || codePoint == LAST_TAG;
    }

    private static boolean isEmoji(int codePoint) {
        return codePoint >= 0x80 && Character.isEmoji(codePoint);
    }

    private static boolean isTag(int codePoint) {
        return codePoint >= FIRST_TAG && codePoint <= LAST_TAG;
    }

    private static boolean isVariationSelector(int codePoint) {
        return codePoint >= 0xFE00 && codePoint <= 0xFE0F
                || codePoint >= 0xE0100 && codePoint <= 0xE01EF
                || codePoint >= 0x180B && codePoint <= 0x180D;
    }

    private static boolean isMark(int codePoint) {
        int type = Character.getType(codePoint);
        return type == Character.NON_SPACING_MARK || type == Character.COMBINING_SPACING_MARK;
    }
}
