package dev.parley.testing;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// All that is ever said in a [Story], each with a number behind it, and what documents are to hold of
/// it: written down here by hand, once, without the code that makes documents.
public enum Saying {
    WORD("Söid", "soid", "", List.of("latin"), false),
    ADDRESS("see https://parley.dev/x", "see https://parley.dev/x", "parley dev", List.of("latin"), true),
    VERSION("qwen3.6", "qwen3.6", "qwen 3 6 3.6", List.of("latin"), false),
    HYPHEN("The Wi-Fi", "the wi-fi", "wifi", List.of("latin"), false),
    TOWER("東京タワー", "東京タワー", "東京 京タ タワ ワー ー", List.of("katakana", "han"), false),
    GREETINGS("Grüße, Привет", "grusse, привет", "", List.of("latin", "cyrillic"), false),
    NO_LETTER("👋", "👋", "", List.of(), false),
    UNSTORABLE("nul\u0000", "nul\uFFFD", "", List.of("latin"), false);

    private final String said;
    private final String text;
    private final String parts;
    private final List<String> scripts;
    private final boolean link;

    Saying(String said, String text, String parts, List<String> scripts, boolean link) {
        this.said = said;
        this.text = text;
        this.parts = parts;
        this.scripts = scripts;
        this.link = link;
    }

    String numbered(int number) {
        return said + " " + number;
    }

    /// The fields of a document that are made of the body alone; what is empty is absent.
    public static Map<String, Object> fields(String body) {
        Saying saying = of(body);
        Map<String, Object> fields = new TreeMap<>();
        fields.put("body", stored(body));
        fields.put("text", saying.text + body.substring(saying.said.length()));
        if (!saying.parts.isEmpty()) {
            fields.put("parts", saying.parts);
        }
        if (!saying.scripts.isEmpty()) {
            fields.put("scripts", saying.scripts);
        }
        return fields;
    }

    public static boolean isLink(String body) {
        return of(body).link;
    }

    /// As PostgreSQL can hold it.
    public static String stored(String text) {
        return text.replace('\u0000', '\uFFFD');
    }

    private static Saying of(String body) {
        return Arrays.stream(values())
                .filter(saying -> body.startsWith(saying.said))
                .findFirst()
                .orElseThrow(() -> new AssertionError("Nobody says " + body));
    }
}
