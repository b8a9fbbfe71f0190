package dev.parley.notifications.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ExcerptTest {

    @Test
    void aLongBodyIsCutBetweenCodePoints() {
        String excerpt = Excerpt.of("👋".repeat(300));
        assertThat(excerpt.codePoints()).hasSize(200);
        assertThat(excerpt).endsWith("👋…");
    }

    @Test
    void aShortBodyIsWhole() {
        assertThat(Excerpt.of("Grüße")).isEqualTo("Grüße");
    }
}
