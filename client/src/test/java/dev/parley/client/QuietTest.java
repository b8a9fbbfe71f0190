package dev.parley.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class QuietTest {

    private final AtomicLong now = new AtomicLong(Long.MAX_VALUE - 5);
    private final Quiet quiet = new Quiet(now::get);

    @Test
    void asksAfterHalfAMinuteAndAgainAfterAnother() {
        assertThat(quiet.isTimeToAsk()).isFalse();
        pass(31);
        assertThat(quiet.isTimeToAsk()).isTrue();
        assertThat(quiet.isTimeToAsk()).isFalse();
        pass(31);
        assertThat(quiet.isTimeToAsk()).isTrue();
    }

    @Test
    void isTooLongAfter40SecondsWithoutASign() {
        pass(39);
        assertThat(quiet.isTooLong()).isFalse();
        quiet.alive();
        pass(39);
        assertThat(quiet.isTooLong()).isFalse();
        pass(2);
        assertThat(quiet.isTooLong()).isTrue();
        quiet.spoken();
        assertThat(quiet.isTooLong()).isFalse();
    }

    private void pass(long seconds) {
        now.addAndGet(TimeUnit.SECONDS.toNanos(seconds));
    }
}
