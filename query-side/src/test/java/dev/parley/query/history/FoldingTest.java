package dev.parley.query.history;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FoldingTest {

    @ParameterizedTest
    @CsvSource({
        "Grüße, grusse",
        "GRÜSSE, grusse",
        "ẞ, ss",
        "ＡＢＣ１, abc1",
        "ﬁn, fin",
        "İstanbul ısı, istanbul isi",
        "Ὀδυσσεύς, οδυσσευσ",
        "ΟΔΥΣΣΕΥΣ, οδυσσευσ",
        "Čeština, cestina",
        "Ålesund Øre Łódź, alesund ore lodz",
        "Ёлка, елка",
        "世界, 世界",
        "ガギ, ガギ",
        "ｶﾞｷﾞ, ガギ",
        "한국어, 한국어",
        "हिन्दी, हिन्दी",
        "e\u0301tat, etat",
        "so\u00ADft, soft",
        "👋🏽, 👋",
        "❤️, ❤",
        "مُحَمَّدٌ, محمد",
        "أحـــمد, احمد",
        "القاهرة, القاهره",
        "שָׁלוֹם, שלומ",
        "ज़मीन हूँ, जमीन हूं",
        "١٢٣ १२ １, 123 12 1",
    })
    void sameWordsBecomeTheSame(String text, String folded) {
        assertThat(Folding.fold(text)).isEqualTo(folded);
    }

    @Test
    void decomposedHangulAndKanaBecomeWhatTheyAreComposed() {
        assertThat(Folding.fold("\u1112\u1161\u11AB")).isEqualTo("한");
        assertThat(Folding.fold("か\u3099")).isEqualTo("が");
    }

    @Test
    void controlCharactersSeparateWords() {
        assertThat(Folding.fold("a\u0001b\u0085c\nd")).isEqualTo("a b c d");
    }

    @Test
    void pointsBackToTheOriginal() {
        Folding folding = Folding.of("Straße ﬁn");
        assertThat(folding.text()).isEqualTo("strasse fin");
        assertThat(folding.start(4)).isEqualTo(4);
        assertThat(folding.start(5)).isEqualTo(4);
        assertThat(folding.end(5)).isEqualTo(5);
        assertThat(folding.start(6)).isEqualTo(5);
        assertThat(folding.start(8)).isEqualTo(7);
        assertThat(folding.end(9)).isEqualTo(8);
    }

    @Test
    void foldingTwiceIsFoldingOnce() {
        long seed = Long.getLong("seed", System.nanoTime());
        Random random = new Random(seed);
        for (int run = 0; run < 20_000; run++) {
            int[] points = random.ints(8, 0, Character.MAX_CODE_POINT + 1)
                    .map(c -> random.nextInt(4) > 0 ? c % 0x3400 : random.nextInt(8) == 0 ? 0x1F3F0 + c % 16 : c)
                    .toArray();
            String text = new String(points, 0, points.length);
            String once = Folding.fold(text);
            assertThat(Folding.fold(once)).as("seed %d, text %s", seed, text).isEqualTo(once);
        }
    }
}
