package dev.parley.testing;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// Makes bad frames out of good ones: the examples of `docs/asyncapi.yaml`. The same seed makes the same frames.
public final class FrameMutator {

    private static final JsonMapper JSON = new JsonMapper();
    private static final int DEEP = 2_000;
    private static final int LONG = 20_000;

    private final Random random;
    private final List<JsonNode> examples;
    private final List<Supplier<String>> junk;

    public FrameMutator(long seed, List<JsonNode> examples) {
        this.random = new Random(seed);
        this.examples = examples;
        this.junk = List.of(
                () -> "null",
                () -> "-1",
                () -> "9223372036854775808",
                () -> "1e400",
                () -> "0.5",
                () -> "true",
                () -> "\"\"",
                () -> "\"\\u0000\"",
                () -> "\"\\ud800\"",
                () -> "\"" + "x".repeat(random.nextInt(LONG)) + "\"",
                () -> "[" + "0,".repeat(random.nextInt(2_000)) + "0]",
                () -> "[".repeat(DEEP) + "]".repeat(DEEP),
                () -> "{\"a\":".repeat(DEEP) + "1" + "}".repeat(DEEP),
                () -> "{\"" + random.nextInt() + "\":{}}",
                () -> example().toString());
    }

    /// Still a JSON object with a `type`, nearly always.
    public String object() {
        ObjectNode frame = (ObjectNode) example().deepCopy();
        List<String> fields = List.copyOf(frame.propertyNames());
        String field = fields.get(random.nextInt(fields.size()));
        return switch (random.nextInt(5)) {
            case 0 ->
                frame.remove(field.equals("type") ? List.of() : List.of(field)).toString();
            case 1 -> frame.put("type", example().path("type").asString()).toString();
            case 2 -> with(frame, "extra" + random.nextInt(3));
            case 3 -> frame.toString().replaceFirst("\\{", "{\"" + field + "\":1,");
            default -> with(frame, field.equals("type") ? "id" : field);
        };
    }

    /// Anything: letters lost, doubled and changed. Half of a surrogate pair becomes a question mark: the JDK's client
    /// does not send one, and leaves its connection open then.
    public String text() {
        StringBuilder text = new StringBuilder(example().toString());
        for (int change = random.nextInt(5); change >= 0; change--) {
            int at = random.nextInt(text.length());
            switch (random.nextInt(4)) {
                case 0 -> text.setCharAt(at, (char) random.nextInt(0xd800));
                case 1 -> text.delete(at, Math.min(text.length(), at + 1 + random.nextInt(9)));
                case 2 -> text.insert(at, text.substring(at));
                default -> text.insert(at, (char) (' ' + random.nextInt(95)));
            }
            text.append(text.isEmpty() ? "?" : "");
        }
        return new String(text.toString().getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
    }

    private String with(ObjectNode frame, String field) {
        frame.remove(field);
        String value = junk.get(random.nextInt(junk.size())).get();
        String rest = frame.toString();
        return rest.substring(0, rest.length() - 1) + ",\"" + field + "\":" + value + "}";
    }

    private JsonNode example() {
        return examples.get(random.nextInt(examples.size()));
    }
}
