package dev.parley.notifications.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.notifications.NotificationsProperties.Retry;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

class BackoffTest {

    private final Backoff backoff = new Backoff(new Retry(Duration.ofSeconds(1), Duration.ofMinutes(5)), new Random());

    @RepeatedTest(20)
    void doublesWithJitterUpToTheMost() {
        assertThat(backoff.after(1, null)).isBetween(Duration.ofMillis(500), Duration.ofSeconds(1));
        assertThat(backoff.after(4, null)).isBetween(Duration.ofSeconds(4), Duration.ofSeconds(8));
        assertThat(backoff.after(1_000, null)).isBetween(Duration.ofSeconds(150), Duration.ofMinutes(5));
    }

    @Test
    void whoHasWaitedForLongIsAskedLessOften() {
        Duration left = Duration.ofSeconds(5);
        assertThat(backoff.beyond(left, Duration.ofSeconds(8))).isBetween(left, Duration.ofSeconds(6));
        assertThat(backoff.beyond(left, Duration.ofMinutes(4)))
                .isBetween(Duration.ofMinutes(1), Duration.ofSeconds(61));
        assertThat(backoff.beyond(left, Duration.ofHours(4))).isBetween(Duration.ofMinutes(5), Duration.ofSeconds(301));
    }

    @Test
    void neverComesBackBeforeTheServiceAsks() {
        assertThat(backoff.after(1, Duration.ofMinutes(10))).isGreaterThan(Duration.ofMinutes(10));
    }
}
