package dev.parley.axonserver.eventquery.language;

import java.util.Locale;

/// A word of the query's text.
///
/// @param text as written; of a quoted text what is between the quotes
/// @param position of its first character, from 0
record Token(Kind kind, String text, int position) {

    enum Kind {
        WORD,
        NUMBER,
        TEXT,
        SYMBOL,
        END
    }

    boolean is(String symbol) {
        return kind == Kind.SYMBOL && text.equals(symbol);
    }

    /// Whether it is this word, whatever its case.
    boolean isWord(String word) {
        return kind == Kind.WORD && text.equalsIgnoreCase(word);
    }

    String lower() {
        return text.toLowerCase(Locale.ROOT);
    }

    /// As it is called in messages.
    String shown() {
        return switch (kind) {
            case END -> "the end";
            case TEXT -> "the text \"" + text + "\"";
            default -> "\"" + text + "\"";
        };
    }
}
