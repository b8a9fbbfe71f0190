package dev.parley.query.archive;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class WordCountsTest {

    private final WordCounts counts = new WordCounts();

    @Test
    void aWordCountsOnceATextAndPunctuationNever() {
        counts.add("tea, tea and tea!");
        counts.add("tea ... 世 x");
        assertThat(counts.top(10)).isEqualTo(List.of(Map.entry("tea", 2L), Map.entry("and", 1L), Map.entry("世", 1L)));
        assertThat(counts.top(1)).hasSize(1);
    }

    @Test
    void frequentWordsStayWhenThereAreTooMany() {
        counts.add("tea");
        IntStream.range(0, 3 * WordCounts.MOST_WORDS / 500).forEach(i -> {
            StringBuilder text = new StringBuilder("tea");
            IntStream.range(0, 500)
                    .forEach(j -> text.append(" w").append(i).append('x').append(j));
            counts.add(text.toString());
        });
        assertThat(counts.top(1).getFirst().getKey()).isEqualTo("tea");
        assertThat(counts.top(Integer.MAX_VALUE)).hasSizeLessThanOrEqualTo(WordCounts.MOST_WORDS);
    }
}
