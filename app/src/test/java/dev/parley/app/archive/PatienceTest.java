package dev.parley.app.archive;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PatienceTest {

    private final Patience patience =
            new Patience(Duration.ofMinutes(1), Duration.ofMillis(200), Duration.ofSeconds(3));

    @Test
    void pausesDoubleUpToTheLongest() {
        Random random = new Random(7);
        assertThat(patience.pause(1, random)).isBetween(Duration.ofMillis(100), Duration.ofMillis(200));
        assertThat(patience.pause(4, random)).isBetween(Duration.ofMillis(800), Duration.ofMillis(1_600));
        assertThat(patience.pause(1_000, random)).isBetween(Duration.ofMillis(1_500), Duration.ofSeconds(3));
    }
}
