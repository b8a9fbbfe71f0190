package dev.parley.command.account;

import dev.parley.messages.RejectedException;
import dev.parley.messages.Rejection;
import java.text.Normalizer;
import java.util.Locale;

/// A name that one account bears, whatever the case of its letters.
///
/// @param text as it is shown, in Unicode's normal form C
/// @param folded as it is compared
public record Username(String text, String folded) {

    /// In code points.
    private static final int SHORTEST = 3;

    private static final int LONGEST = 64;

    /// Marks the nicks of archives.
    private static final char NICKS = '@';

    /// A name for a person.
    ///
    /// @throws RejectedException `invalid`, field `username`
    public static Username of(String given) {
        String text = Normalizer.normalize(given, Normalizer.Form.NFC);
        long length = text.codePointCount(0, text.length());
        boolean good = length >= SHORTEST
                && length <= LONGEST
                && !isSpace(text.codePointAt(0))
                && !isSpace(text.codePointBefore(text.length()))
                && text.codePoints().allMatch(Username::isPrintable)
                && Legible.is(text);
        if (!good) {
            throw new RejectedException(Rejection.invalid(
                    "username", "A user name is 3 to 64 printable characters, none of them " + NICKS));
        }
        return new Username(text, fold(text));
    }

    /// The name of an archived nick: `nick@archive`.
    public static Username ofNick(String nick, String archive) {
        String text = Normalizer.normalize(nick, Normalizer.Form.NFC) + NICKS + archive;
        return new Username(text, fold(text));
    }

    /// The one form of all spellings of a name. By way of upper case, so that ß and ss, σ and ς are one.
    public static String fold(String name) {
        String composed = Normalizer.normalize(name, Normalizer.Form.NFC);
        String folded = composed.toUpperCase(Locale.ROOT).toLowerCase(Locale.ROOT);
        return Normalizer.normalize(folded, Normalizer.Form.NFC);
    }

    private static boolean isSpace(int codePoint) {
        return Character.isSpaceChar(codePoint) || Character.isWhitespace(codePoint);
    }

    private static boolean isPrintable(int codePoint) {
        return switch (Character.getType(codePoint)) {
            case Character.FORMAT -> Legible.isShaping(codePoint);
            case Character.CONTROL,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> false;
            default -> codePoint != NICKS;
        };
    }
}
