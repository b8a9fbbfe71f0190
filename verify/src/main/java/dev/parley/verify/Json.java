package dev.parley.verify;

import java.io.IOException;
import java.io.PushbackReader;
import java.io.Reader;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Reads JSON values (RFC 8259) one behind the other: objects as maps, arrays as lists, strings as strings, all else as
/// its text in a [Word].
final class Json {

    private static final int DEPTH = 8;
    private static final int END = -1;

    private final PushbackReader in;

    Json(Reader in) {
        this.in = new PushbackReader(in);
    }

    /// A number, `true`, `false` or `null`.
    record Word(String text) {}

    /// @return the next value, nothing at the end
    /// @throws InputException if what comes is no JSON
    Optional<Object> next() throws IOException {
        int c = visible();
        if (c == END) {
            return Optional.empty();
        }
        in.unread(c);
        return Optional.of(value(DEPTH));
    }

    private Object value(int depth) throws IOException {
        if (depth == 0) {
            throw new InputException("JSON that is nested too deeply");
        }
        int c = visible();
        return switch (c) {
            case '{' -> object(depth);
            case '[' -> array(depth);
            case '"' -> string();
            default -> word(c);
        };
    }

    private Map<String, Object> object(int depth) throws IOException {
        Map<String, Object> object = new LinkedHashMap<>();
        int c = visible();
        while (c != '}') {
            expect('"', c);
            String name = string();
            expect(':', visible());
            object.put(name, value(depth - 1));
            c = following('}');
        }
        return object;
    }

    private List<Object> array(int depth) throws IOException {
        List<Object> array = new ArrayList<>();
        int c = visible();
        while (c != ']') {
            in.unread(c);
            array.add(value(depth - 1));
            c = following(']');
        }
        return array;
    }

    /// What comes behind a comma, or the end.
    private int following(char end) throws IOException {
        int c = visible();
        if (c == end) {
            return c;
        }
        expect(',', c);
        return visible();
    }

    private String string() throws IOException {
        StringBuilder text = new StringBuilder();
        for (int c = in.read(); c != '"'; c = in.read()) {
            if (c == END) {
                throw new InputException("a JSON string without an end");
            }
            text.append(c == '\\' ? escaped() : (char) c);
        }
        return text.toString();
    }

    private char escaped() throws IOException {
        int c = in.read();
        return switch (c) {
            case 'n' -> '\n';
            case 't' -> '\t';
            case 'r' -> '\r';
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'u' -> unicode();
            default -> (char) c;
        };
    }

    private char unicode() throws IOException {
        int code = 0;
        for (int i = 0; i < 4; i++) {
            int digit = Character.digit(in.read(), 16);
            if (digit < 0) {
                throw new InputException("a JSON string with an escape that is none");
            }
            code = code * 16 + digit;
        }
        return (char) code;
    }

    private Word word(int first) throws IOException {
        StringBuilder word = new StringBuilder();
        int c = first;
        while (c != END && (Character.isLetterOrDigit(c) || "+-.".indexOf(c) >= 0)) {
            word.append((char) c);
            c = in.read();
        }
        if (c != END) {
            in.unread(c);
        }
        if (word.isEmpty()) {
            throw new InputException("no JSON: " + (c == END ? "it ends" : "'" + (char) c + "'"));
        }
        return new Word(word.toString());
    }

    private int visible() throws IOException {
        int c = in.read();
        while (c == ' ' || c == '\n' || c == '\r' || c == '\t') {
            c = in.read();
        }
        return c;
    }

    private static void expect(char expected, int c) {
        if (c != expected) {
            throw new InputException("no JSON: '" + expected + "' is missing");
        }
    }
}
