package dev.parley.query.search;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.query.search.Marked.Part;
import org.junit.jupiter.api.Test;

class MarkedTest {

    @Test
    void marksTheOriginal() {
        assertThat(Marked.of("In der Straße, Café!", "in der \u0001strasse\u0002, \u0001cafe\u0002!"))
                .containsExactly(
                        new Part("In der ", false),
                        new Part("Straße", true),
                        new Part(", ", false),
                        new Part("Café", true),
                        new Part("!", false));
    }

    @Test
    void withoutMarksItIsTheStart() {
        assertThat(Marked.of("just this", "")).containsExactly(new Part("just this", false));
        assertThat(Marked.of("", "")).isEmpty();
    }

    @Test
    void aLongBodyIsCutAroundTheFirstMark() {
        String before = "😀".repeat(200);
        String after = "b".repeat(1000);
        assertThat(Marked.of(before + "hit" + after, before + "\u0001hit\u0002" + after))
                .satisfies(parts -> {
                    assertThat(parts.get(0).text()).isEqualTo("😀".repeat(30));
                    assertThat(parts.get(1)).isEqualTo(new Part("hit", true));
                    assertThat(parts.get(2).text()).hasSize(240 - 63);
                });
    }

    @Test
    void marksThatDoNotFitAreHarmless() {
        assertThat(Marked.of("ab", "a\u0001bcd\u0002ef\u0001\u0002\u0002")).containsExactly(new Part("ab", false));
    }
}
