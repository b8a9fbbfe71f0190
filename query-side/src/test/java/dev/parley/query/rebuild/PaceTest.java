package dev.parley.query.rebuild;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class PaceTest {

    private long seconds;
    private final Pace pace = new Pace(() -> TimeUnit.SECONDS.toNanos(seconds));

    private void at(long second, long position, long head) {
        seconds = second;
        pace.at(position, head);
    }

    @Test
    void nothingIsToldBeforeThereAreTwoPlaces() {
        at(0, 1_000, 9_000);
        assertThat(pace.rate()).isZero();
        assertThat(pace.closing()).isZero();
        assertThat(view(1_000, 9_000).timeLeftSeconds()).isNull();
        assertThat(view(1_000, 9_000).fallingBehind()).isFalse();
    }

    @Test
    void timeLeftCountsWhatIsWrittenMeanwhile() {
        at(0, 0, 10_000);
        at(10, 1_000, 10_500);
        assertThat(pace.rate()).isEqualTo(100);
        assertThat(pace.closing()).isEqualTo(50);
        assertThat(view(1_000, 10_500).timeLeftSeconds()).isEqualTo(190);
    }

    @Test
    void whoIsOutrunHasNoTimeLeftToTell() {
        at(0, 0, 10_000);
        at(10, 1_000, 12_000);
        assertThat(pace.closing()).isEqualTo(-100);
        assertThat(view(1_000, 12_000).timeLeftSeconds()).isNull();
        assertThat(view(1_000, 12_000).fallingBehind()).isTrue();
    }

    @Test
    void onlyTheLastHalfMinuteCounts() {
        at(0, 0, 10_000);
        at(10, 5_000, 10_000);
        at(50, 5_400, 10_000);
        at(60, 5_500, 10_000);
        assertThat(pace.rate()).isEqualTo(10);
    }

    private RebuildView view(long position, long head) {
        Rebuild rebuild = new Rebuild(
                "history",
                1,
                RebuildState.FILLING,
                "",
                position,
                pace.rate(),
                pace.closing(),
                new Verification(0, List.of()),
                null,
                null,
                Instant.EPOCH,
                Instant.EPOCH);
        return RebuildView.of(rebuild, head);
    }
}
