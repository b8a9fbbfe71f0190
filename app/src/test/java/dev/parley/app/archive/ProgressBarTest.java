package dev.parley.app.archive;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class ProgressBarTest {

    @Test
    void halfWayShowsRateAndTimeLeft() {
        assertThat(ProgressBar.line("messages", 0, 91_092, 182_184, Duration.ofSeconds(45)))
                .isEqualTo("  messages   [############------------]  50%  91,092 of 182,184  2,024/s  45 s left");
    }

    @Test
    void rateCountsOnlyWhatWasDoneNow() {
        assertThat(ProgressBar.line("messages", 1_000, 1_500, 2_000, Duration.ofSeconds(5)))
                .endsWith("75%  1,500 of 2,000  100/s  5 s left");
    }

    @Test
    void nothingDoneYetHasNoTimeLeft() {
        assertThat(ProgressBar.line("messages", 0, 0, 10, Duration.ofSeconds(1)))
                .isEqualTo("  messages   [------------------------]   0%  0 of 10");
    }

    @Test
    void endHasNoTimeLeft() {
        assertThat(ProgressBar.line("accounts", 0, 10, 10, Duration.ofSeconds(1)))
                .isEqualTo("  accounts   [########################] 100%  10 of 10  10/s");
    }

    @Test
    void nothingToDoIsDone() {
        assertThat(ProgressBar.line("accounts", 0, 0, 0, Duration.ZERO)).endsWith("100%  0 of 0");
    }

    @Test
    void spansAreReadable() {
        assertThat(Spans.text(Duration.ofMillis(400))).isEqualTo("0 s");
        assertThat(Spans.text(Duration.ofMillis(59_600))).isEqualTo("1 min 0 s");
        assertThat(Spans.text(Duration.ofSeconds(190))).isEqualTo("3 min 10 s");
        assertThat(Spans.text(Duration.ofMinutes(125))).isEqualTo("2 h 5 min");
    }
}
