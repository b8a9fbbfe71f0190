package dev.parley.query.audit;

import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;

/// Tells whether a text can stand in a line of JSON as it is: one value, well-formed, on one line. Its bounds are
/// written down, so that no other version of the parser answers differently.
final class OneJson {

    private static final JsonFactory JSON = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(500)
                    .maxNumberLength(1_000)
                    .maxStringLength(100_000_000)
                    .maxNameLength(50_000)
                    .build())
            .build();

    private OneJson() {}

    static boolean is(String text) {
        return text.indexOf('\n') < 0 && text.indexOf('\r') < 0 && isValue(text);
    }

    /// Whether it is one value, on however many lines.
    static boolean isValue(String text) {
        int depth = 0;
        int values = 0;
        try (JsonParser parser = JSON.createParser(ObjectReadContext.empty(), text)) {
            for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
                if (token.isStructEnd()) {
                    depth--;
                } else {
                    values += depth == 0 ? 1 : 0;
                    depth += token.isStructStart() ? 1 : 0;
                }
            }
        } catch (JacksonException notJson) {
            return false;
        }
        return values == 1;
    }

    static JsonParser parser(String text) {
        return JSON.createParser(ObjectReadContext.empty(), text);
    }
}
