package dev.parley.query.search;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MarkedTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            value = {
                "STRASSE cafe x  ~ In der Straße, Café!        ~ In der [Straße], [Café]!",
                "qwen x          ~ I run qwen3.6, not qwent    ~ I run [qwen]3.6, not qwent",
                "qwen3.6 x       ~ qwen3.6 qwen3 Qwen 3.6      ~ [qwen3.6] qwen3 Qwen 3.6",
                "3 x             ~ 3 qwen3.6 33                ~ [3] qwen[3].6 33",
                "pan             ~ the kernel panics, pan      ~ the kernel [panics], [pan]",
                "pan x           ~ the kernel panics, pan      ~ the kernel panics, [pan]",
                "kernal x        ~ the Kernel panics           ~ the [Kernel] panics",
                "kernel x        ~ kernel kernal               ~ [kernel] kernal",
                "don't x         ~ I don't know                ~ I [don't] know",
                "世界 x          ~ Hello 世界! 世人             ~ Hello [世界]! 世人",
                "フト x          ~ ソフトウェア                 ~ ソ[フト]ウェア",
                "กรุงเทพ x       ~ ผมอยู่กรุงเทพครับ           ~ ผมอยู่[กรุงเทพ]ครับ",
                "한국 x          ~ 한국어를 배우다              ~ [한국]어를 배우다",
                "'\"the fox\" x' ~ the, fox! The Fox thefox     ~ [the, fox]! [The Fox] thefox",
                "foo-bar x       ~ foo bar, foo-bar, foobar    ~ [foo bar], [foo-bar], foobar",
                "a OR b -c from:d x ~ a b c d                  ~ [a] [b] c d",
                "👋 x            ~ hi 👋🏽 there                  ~ hi [👋🏽] there",
                "İstanbul x      ~ istanbul ISTANBUL           ~ [istanbul] [ISTANBUL]",
            })
    void marksTheOriginal(String q, String body, String marked) {
        assertThat(show(Marked.of(body, sought(q)))).isEqualTo(marked);
    }

    @Test
    void withoutHitsItIsTheStart() {
        assertThat(Marked.of("just this", sought("other"))).containsExactly(new Part("just this", false));
        assertThat(Marked.of("just this", sought("from:me"))).containsExactly(new Part("just this", false));
        assertThat(Marked.of("", sought("x"))).isEmpty();
    }

    @Test
    void aLongBodyIsCutAroundTheFirstHit() {
        String before = "😀".repeat(200);
        String after = " b".repeat(1000);
        assertThat(Marked.of(before + "hit" + after, sought("hit"))).satisfies(parts -> {
            assertThat(parts.get(0).text()).isEqualTo("😀".repeat(30));
            assertThat(parts.get(1)).isEqualTo(new Part("hit", true));
            assertThat(parts.get(2).text()).hasSize(240 - 63);
        });
    }

    private static List<Sought> sought(String q) {
        return Sought.in(Parser.parse(q, Days.at(Instant.EPOCH, ZoneOffset.UTC)));
    }

    private static String show(List<Part> parts) {
        return parts.stream()
                .map(part -> part.hit() ? "[" + part.text() + "]" : part.text())
                .collect(Collectors.joining());
    }
}
