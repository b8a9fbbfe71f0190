package dev.parley.axonserver.eventquery.language;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Cuts a query into tokens. Words are ASCII letters, digits and underscores, with dots between them; texts are in
/// double quotes, in which `\"` is a quote and everything else stands for itself.
final class Lexer {

    private static final Pattern SPACE = Pattern.compile("[ \\t\\r\\n\\x0B]++");
    private static final Pattern WORD = Pattern.compile("[a-zA-Z_][a-zA-Z_0-9.]*+");
    private static final Pattern NUMBER = Pattern.compile("(?:[0-9]++(?:\\.[0-9]*+)?|\\.[0-9]++)(?:[eE][-+]?[0-9]++)?");
    private static final Pattern SYMBOL = Pattern.compile("<=|>=|<>|!=|[-+*/%<>=|()\\[\\],]");

    private final String query;
    private final Matcher matcher;
    private final List<Token> tokens = new ArrayList<>();
    private int at;

    private Lexer(String query) {
        this.query = query;
        this.matcher = SPACE.matcher(query);
    }

    /// @return at least the token END
    static List<Token> tokens(String query) {
        Lexer lexer = new Lexer(query);
        while (lexer.at < query.length()) {
            lexer.next();
        }
        lexer.tokens.add(new Token(Token.Kind.END, "", query.length()));
        return lexer.tokens;
    }

    private void next() {
        if (matches(SPACE)) {
            at = matcher.end();
        } else if (query.charAt(at) == '"') {
            text();
        } else if (matches(WORD)) {
            add(Token.Kind.WORD, matcher.group());
        } else if (matches(NUMBER)) {
            add(Token.Kind.NUMBER, matcher.group());
        } else if (matches(SYMBOL)) {
            add(Token.Kind.SYMBOL, matcher.group());
        } else {
            throw new QueryException(at, refusal(query.charAt(at)));
        }
    }

    private void text() {
        int start = at + 1;
        for (int end = start; end < query.length(); end++) {
            char character = query.charAt(end);
            if (character == '"') {
                tokens.add(
                        new Token(Token.Kind.TEXT, query.substring(start, end).replace("\\\"", "\""), at));
                at = end + 1;
                return;
            }
            if (character == '\r' || character == '\n') {
                break;
            }
            if (character == '\\' && end + 1 < query.length() && query.charAt(end + 1) == '"') {
                end++;
            }
        }
        throw new QueryException(at, "this text has no closing quote in its line");
    }

    private boolean matches(Pattern pattern) {
        return matcher.usePattern(pattern).region(at, query.length()).lookingAt();
    }

    private void add(Token.Kind kind, String text) {
        tokens.add(new Token(kind, text, at));
        at = matcher.end();
    }

    private static String refusal(char character) {
        return character == '\'' ? "texts are in double quotes" : "\"" + character + "\" means nothing here";
    }
}
