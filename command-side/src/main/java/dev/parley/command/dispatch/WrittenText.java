package dev.parley.command.dispatch;

import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/// What every text that is to be stored has to be: Unicode that UTF-8, and so PostgreSQL and JSON, can hold.
public final class WrittenText {

    private static final int MALFORMED = -1;

    private WrittenText() {}

    /// Whether it has no U+0000, which PostgreSQL's `text` refuses, and no half of a surrogate pair.
    public static boolean isStorable(String text) {
        return utf8Length(text) != MALFORMED && text.indexOf('\0') < 0;
    }

    /// @return bytes in UTF-8; -1 for text with half of a surrogate pair
    public static int utf8Length(String text) {
        try {
            return StandardCharsets.UTF_8
                    .newEncoder()
                    .encode(CharBuffer.wrap(text))
                    .remaining();
        } catch (CharacterCodingException malformed) {
            return MALFORMED;
        }
    }
}
