package dev.parley.query.search;

import dev.parley.query.search.Token.Name;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Takes what was typed apart. What is no sign of the language in its place is a word or part of one: a minus or a
/// parenthesis within a word, a colon after anything but the name of an operator.
final class Lexer {

    /// Parentheses in parentheses.
    static final int MAX_DEPTH = 10;

    private static final String QUOTES = "\"“”„＂";
    private static final String COLONS = ":：";

    private final String text;
    private final List<Token> tokens = new ArrayList<>();
    private int at;
    private int depth;

    private Lexer(String text) {
        this.text = text;
    }

    /// @throws dev.parley.messages.RejectedException `invalid` for an open quote, an operator without a value, or
    ///     parentheses that are too deep
    static List<Token> split(String text) {
        Lexer lexer = new Lexer(text);
        while (lexer.skipSpaces()) {
            lexer.next();
        }
        return lexer.tokens;
    }

    private boolean skipSpaces() {
        while (at < text.length() && Letters.isSpace(text.codePointAt(at))) {
            at += Character.charCount(text.codePointAt(at));
        }
        return at < text.length();
    }

    private void next() {
        char c = text.charAt(at);
        if (c == '(') {
            if (++depth > MAX_DEPTH) {
                throw BadQuery.at(at, "Put at most " + MAX_DEPTH + " parentheses into one another");
            }
            tokens.add(new Token.Open(at++));
        } else if (c == ')' && depth > 0) {
            depth--;
            tokens.add(new Token.Close(at++));
        } else if (isMinus()) {
            tokens.add(new Token.Minus(at++));
        } else if (isQuote(at)) {
            int start = at;
            tokens.add(new Token.Quoted(quoted(), start));
        } else {
            bare();
        }
    }

    /// One before a word, a quote or a parenthesis, and not two: `--force` is a word.
    private boolean isMinus() {
        return text.charAt(at) == '-'
                && at + 1 < text.length()
                && text.charAt(at + 1) != '-'
                && !endsWord(at + 1)
                && (at == 0 || text.charAt(at - 1) != '-');
    }

    private void bare() {
        int start = at;
        int end = start;
        while (end < text.length() && !endsWord(end) && !isQuote(end)) {
            end++;
        }
        String word = text.substring(start, end);
        at = end;
        int colon = colon(word);
        Name name = colon < 0 ? null : name(word.substring(0, colon));
        boolean negated = !tokens.isEmpty() && tokens.getLast() instanceof Token.Minus minus && minus.at() == start - 1;
        if (name != null) {
            named(name, start, start + colon);
        } else if (word.equals("OR") && !negated) {
            tokens.add(new Token.Or(start));
        } else {
            tokens.add(new Token.Bare(word, end == text.length(), start));
        }
    }

    private void named(Name name, int start, int colon) {
        int valueAt = colon + 1;
        String value = text.substring(valueAt, at);
        if (value.isEmpty() && at < text.length() && isQuote(at)) {
            value = quoted();
        }
        if (value.isBlank()) {
            String typed = text.substring(start, valueAt);
            throw BadQuery.at(
                    colon,
                    "Write a value right after " + typed + " without a space, or \"" + typed
                            + "\" for the word itself");
        }
        tokens.add(new Token.Named(name, value, Math.min(valueAt, text.length() - 1), start));
    }

    private String quoted() {
        int start = at + 1;
        int end = start;
        while (end < text.length() && !isQuote(end)) {
            end++;
        }
        if (end == text.length()) {
            throw BadQuery.at(at, "Close this quote with a second one, or leave it out");
        }
        at = end + 1;
        return text.substring(start, end);
    }

    private boolean endsWord(int index) {
        return Letters.isSpace(text.charAt(index)) || depth > 0 && text.charAt(index) == ')';
    }

    private boolean isQuote(int index) {
        return QUOTES.indexOf(text.charAt(index)) >= 0;
    }

    private static int colon(String word) {
        for (int i = 0; i < word.length(); i++) {
            if (COLONS.indexOf(word.charAt(i)) >= 0) {
                return i;
            }
        }
        return -1;
    }

    private static @Nullable Name name(String typed) {
        return Arrays.stream(Name.values())
                .filter(name -> name.name().equalsIgnoreCase(typed))
                .findFirst()
                .orElse(null);
    }
}
