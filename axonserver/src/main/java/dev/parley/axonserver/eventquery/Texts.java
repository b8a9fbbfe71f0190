package dev.parley.axonserver.eventquery;

import dev.parley.axonserver.eventquery.Value.Items;
import dev.parley.axonserver.eventquery.Value.Nothing;
import dev.parley.axonserver.eventquery.Value.Text;
import dev.parley.axonserver.eventquery.language.Expression.Call;
import dev.parley.axonserver.eventquery.language.QueryException;
import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/// Functions on texts. Of what is not there they make nothing.
final class Texts {

    /// How long a text that a query makes may be, in characters: somewhat more than the largest event.
    private static final int MAX_LENGTH = 4 * 1024 * 1024;

    private Texts() {}

    static Eval compile(Call call, List<Eval> arguments) {
        Eval first = arguments.getFirst();
        return row -> {
            Value value = first.of(row);
            if (value instanceof Nothing) {
                return value;
            }
            return switch (call.function()) {
                case "upper" -> new Text(value.text().toUpperCase(Locale.ROOT));
                case "lower" -> new Text(value.text().toLowerCase(Locale.ROOT));
                case "length" -> Value.of(value.text().length());
                case "left" -> part(value, 0, whole(call, arguments.get(1), row));
                case "right" -> {
                    int length = value.text().length();
                    yield part(value, length - Math.min(length, whole(call, arguments.get(1), row)), length);
                }
                case "substring" ->
                    part(
                            value,
                            whole(call, arguments.get(1), row),
                            arguments.size() > 2 ? whole(call, arguments.get(2), row) : Integer.MAX_VALUE);
                default -> concatenated(call, value, arguments.get(1).of(row).text());
            };
        };
    }

    static Text joined(String left, String right, int position) {
        check((long) left.length() + right.length(), position);
        return new Text(left + right);
    }

    private static Text concatenated(Call call, Value value, String delimiter) {
        if (!(value instanceof Items(List<Value> items))) {
            throw new QueryException(call.position(), "\"concat\" needs a list, such as [a, b]");
        }
        long length = 0;
        for (Value item : items) {
            length += item.text().length() + delimiter.length();
        }
        check(length, call.position());
        return new Text(items.stream().map(Value::text).collect(Collectors.joining(delimiter)));
    }

    private static Text part(Value value, int from, int to) {
        String text = value.text();
        int start = Math.min(from, text.length());
        return new Text(text.substring(start, Math.clamp(to, start, text.length())));
    }

    private static int whole(Call call, Eval argument, Fields row) {
        Value value = argument.of(row);
        if (!Comparisons.numeric(value)) {
            throw new QueryException(call.position(), "\"" + call.function() + "\" needs a number of characters");
        }
        BigDecimal number = Comparisons.number(value);
        return Math.clamp((long) number.doubleValue(), 0, Integer.MAX_VALUE);
    }

    private static void check(long length, int position) {
        if (length > MAX_LENGTH) {
            throw new QueryException(position, "this makes a text of more than " + MAX_LENGTH + " characters");
        }
    }
}
