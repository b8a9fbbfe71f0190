package dev.parley.query.batch;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class StorableTest {

    static Stream<Arguments> texts() {
        return Stream.of(
                Arguments.of("plain 世界 👋", "plain 世界 👋"),
                Arguments.of("a\0b", "a\uFFFDb"),
                Arguments.of("\ud83d", "\uFFFD"),
                Arguments.of("\udc4b\ud83d", "\uFFFD\uFFFD"),
                Arguments.of("\ud83d\ud83d\udc4b", "\uFFFD👋"));
    }

    @ParameterizedTest
    @MethodSource("texts")
    void everyStoreTakesIt(String text, String storable) {
        assertThat(Storable.text(text)).isEqualTo(storable);
    }
}
