package dev.parley.query.paging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.parley.messages.RejectedException;
import dev.parley.messages.Rejection;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CursorTest {

    @Test
    void isReadAsItWasGiven() {
        assertThat(Cursor.position("search", Cursor.of("search", 42))).isEqualTo(42);
        assertThat(Cursor.position("search", null)).isEqualTo(Long.MAX_VALUE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "=", "c2VhcmNo", "c2VhcmNoOg", "c2VhcmNoOng", "é", "aW5ib3g6MQ"})
    void garbageAndOtherListsCursorsAreRefused(String cursor) {
        assertThatExceptionOfType(RejectedException.class)
                .isThrownBy(() -> Cursor.position("search", cursor))
                .extracting(RejectedException::rejection)
                .extracting(Rejection::field)
                .isEqualTo("cursor");
    }
}
