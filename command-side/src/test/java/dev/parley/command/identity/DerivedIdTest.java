package dev.parley.command.identity;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class DerivedIdTest {

    /// Stored ids depend on it.
    @Test
    void neverChanges() {
        assertThat(DerivedId.of("nick", "ubuntu-irc", "bob")).hasToString("13c51717-b0eb-8d4a-beea-98a15ca8a624");
    }

    @Test
    void isAUuidOfVersion8() {
        assertThat(DerivedId.of("a").version()).isEqualTo(8);
        assertThat(DerivedId.of("a").variant()).isEqualTo(2);
    }

    @Test
    void tellsNamesApartWhereverTheyAreCut() {
        assertThat(DerivedId.of("ab", "c")).isNotEqualTo(DerivedId.of("a", "bc"));
    }
}
