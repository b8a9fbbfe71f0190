package dev.parley.query.search;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class SoughtTest {

    private static final int LONGEST_BODY = 16_384;

    @Test
    void aBodyOfTheLongestKindIsLookedThrough() {
        String body = "a word and ".repeat(LONGEST_BODY / 11 - 1) + "kernel panic";
        Effort effort = new Effort();
        assertThat(new Sought("kernel panic", false, 0).places(body, effort)).hasSize(1);
        assertThat(new Sought("kernal", false, 1).places(body, effort)).hasSize(1);
        assertThat(new Sought("word", false, 1).places(body, effort)).hasSizeGreaterThan(1_000);
        assertThat(effort.isSpent()).isFalse();
    }

    /// Nearly everywhere nearly all of the phrase is there.
    @Test
    void whatFitsBadlyIsGivenUp() {
        Effort effort = new Effort();
        Sought phrase = new Sought("a ".repeat(244) + "b", false, 0);
        assertThat(phrase.places("a ".repeat(LONGEST_BODY / 2) + "b", effort)).isEmpty();
        assertThat(effort.isSpent()).isTrue();
        assertThat(new Sought("a", false, 0).places("a", effort)).isEmpty();
    }

    @Test
    void slipsAreGivenUpToo() {
        Effort effort = new Effort();
        String word = "abcdefgh".repeat(8);
        String other = word.substring(0, 60) + "zzzz ";
        assertThat(new Sought(word, false, 2).places(other.repeat(LONGEST_BODY / other.length()), effort))
                .isEmpty();
        assertThat(effort.isSpent()).isTrue();
    }

    @Test
    void whatIsNotMarkedIsShownAllTheSame() {
        List<Part> parts =
                Marked.of("a ".repeat(LONGEST_BODY / 2), List.of(new Sought("a ".repeat(244) + "b", false, 0)));
        assertThat(parts).containsExactly(new Part("a ".repeat(120), false));
    }
}
