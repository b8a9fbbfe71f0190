package dev.parley.query.history;

import java.lang.Character.UnicodeScript;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// The scripts a text is written in (Unicode UAX #24), as far as they have a real part in it: a tenth of its letters,
/// or 20 letters. Japanese is `han`, `hiragana` and `katakana`; digits, punctuation and emoji are of none.
final class Scripts {

    private static final int PARTS = 10;
    private static final int ENOUGH = 20;
    private static final List<String> LATIN = List.of("latin");

    private Scripts() {}

    /// In lower case, the same text always in the same order.
    static List<String> of(String text) {
        int latin = asciiLetters(text);
        if (latin >= 0) {
            return latin == 0 ? List.of() : LATIN;
        }
        Map<UnicodeScript, Integer> letters = new EnumMap<>(UnicodeScript.class);
        text.codePoints().filter(Character::isLetter).forEach(c -> {
            UnicodeScript script = UnicodeScript.of(c);
            switch (script) {
                case COMMON, INHERITED, UNKNOWN -> {}
                default -> letters.merge(script, 1, Integer::sum);
            }
        });
        int all = letters.values().stream().mapToInt(Integer::intValue).sum();
        return letters.entrySet().stream()
                .filter(script -> script.getValue() >= ENOUGH || script.getValue() * PARTS >= all)
                .map(script -> script.getKey().name().toLowerCase(Locale.ROOT))
                .toList();
    }

    /// How many letters there are, -1 for text that is not ASCII alone.
    private static int asciiLetters(String text) {
        int letters = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c >= 0x80) {
                return -1;
            }
            letters += Character.isLetter(c) ? 1 : 0;
        }
        return letters;
    }
}
