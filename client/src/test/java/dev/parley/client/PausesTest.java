package dev.parley.client;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PausesTest {

    private final Pauses pauses = new Pauses();

    @Test
    void pausesDoubleFromHalfASecondToHalfAMinute() {
        for (long bound : new long[] {500, 1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 30_000}) {
            assertThat(pauses.next().toMillis()).isBetween(bound / 2, bound);
        }
        pauses.succeeded();
        assertThat(pauses.next().toMillis()).isBetween(250L, 500L);
    }

    @Test
    void adviceCountsOnce() {
        pauses.advise(40_000, 5_000);
        assertThat(pauses.next().toMillis()).isBetween(40_000L, 45_000L);
        assertThat(pauses.next().toMillis()).isBetween(250L, 500L);
    }
}
