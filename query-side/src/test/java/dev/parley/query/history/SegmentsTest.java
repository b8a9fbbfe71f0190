package dev.parley.query.history;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SegmentsTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "plain words only             | ''",
                "Qwen3.6 runs                 | qwen 3 6 3.6",
                "qwen3.6-27b                  | qwen 3 6 3.6 27 b",
                "3.6 is qwen3.6, qwen3.6      | 3 6 3.6 qwen 3 6 3.6",
                "see example.com/a.html       | example com a html",
                "wi-fi                        | wifi",
                "-rf                          | ''",
                "snake_case_name              | snake case name",
                "l'amour                      | l amour",
                "10.0.0.1:80                  | 10 0 1 80 10.0.0.1",
                "note:this                    | note this",
                "end.                         | ''",
                "...                          | ''",
                "世界                          | 世界 界",
                "世                            | 世",
                "東京タワーへ                    | 東京 京タ タワ ワー ーへ へ",
                "ﾀﾜｰ                          | タワ ワー ー",
                "世界、人民                      | 世界 界 人民 民",
                "한국어를                       | 한국 국어 어를 를",
                "สวัสดี                        | สวั วัส สดี ดี",
                "iphoneケース                   | ケー ース ス",
                "हिन्दी                         | ''",
            })
    void addsWhatTheAnalyzerKeepsTogether(String text, String parts) {
        assertThat(Segments.parts(Folding.fold(text))).isEqualTo(parts);
    }

    @Test
    void aWordIsSoughtRunByRun() {
        assertThat(Segments.runs("iphoneケース2"))
                .containsExactly(
                        new Segments.Run("iphone", false), new Segments.Run("ケース", true), new Segments.Run("2", false));
        assertThat(Segments.runs("iphone").getFirst().grams()).isEmpty();
        assertThat(Segments.runs("世界人").getFirst().grams()).containsExactly("世界", "界人");
        assertThat(Segments.runs("世").getFirst().grams()).containsExactly("世");
        assertThat(Segments.runs("")).isEmpty();
    }

    @Test
    void whatARunHoldsIsFoundByItsGramsAndNothingElseIs() {
        long seed = Long.getLong("seed", System.nanoTime());
        Random random = new Random(seed);
        for (int run = 0; run < 5_000; run++) {
            String text = random(random, "世界กิーテ ", 12);
            String sought = random(random, "世界กーテ", 1 + random.nextInt(4));
            boolean found = isFound(List.of(Segments.parts(text).split(" ")), grams(sought));
            assertThat(found).as("seed %d: %s in %s", seed, sought, text).isEqualTo(text.contains(sought));
        }
    }

    @Test
    void takesAnyText() {
        long seed = Long.getLong("seed", System.nanoTime());
        Random random = new Random(seed);
        for (int run = 0; run < 5_000; run++) {
            char[] chars = new char[random.nextInt(40)];
            for (int i = 0; i < chars.length; i++) {
                chars[i] = (char) (random.nextBoolean() ? random.nextInt(0x80) : random.nextInt(0x10000));
            }
            String text = new String(chars);
            StringBuilder together = new StringBuilder();
            Segments.runs(text).forEach(part -> together.append(part.text()));
            assertThat(together).as("seed %d", seed).hasToString(text);
            assertThat(Arrays.asList(Segments.parts(text).split(" ")))
                    .as("seed %d", seed)
                    .noneMatch(part -> part.length() > 60);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "Hello 世界, latin han",
        "Привет, cyrillic",
        "π is the ratio of a circle's circumference to its diameter, latin",
        "123 👍 !, ''",
        "東京タワーへ行く, hiragana katakana han",
        "สวัสดี, thai",
    })
    void namesTheScriptsOfAText(String text, String scripts) {
        assertThat(Scripts.of(text)).containsExactlyInAnyOrder(scripts.isEmpty() ? new String[0] : scripts.split(" "));
    }

    private static List<String> grams(String sought) {
        return Segments.runs(sought).getFirst().grams();
    }

    /// As Elasticsearch does: one after the other, the last one as a prefix.
    private static boolean isFound(List<String> parts, List<String> grams) {
        for (int start = 0; start + grams.size() <= parts.size(); start++) {
            int last = grams.size() - 1;
            if (parts.subList(start, start + last).equals(grams.subList(0, last))
                    && parts.get(start + last).startsWith(grams.get(last))) {
                return true;
            }
        }
        return false;
    }

    private static String random(Random random, String of, int length) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < length; i++) {
            text.append(of.charAt(random.nextInt(of.length())));
        }
        return text.toString();
    }
}
