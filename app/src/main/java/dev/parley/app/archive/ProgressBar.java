package dev.parley.app.archive;

import java.time.Duration;
import java.util.Locale;

/// How far one stretch of work is.
///
/// ```
///   messages   [#########--------------]  41%  75,000 of 182,184  2,150/s  50 s left
/// ```
final class ProgressBar {

    private static final int CELLS = 24;

    private final Screen screen;
    private final String noun;
    private final long total;
    private final long begun;
    private final long began;

    /// @param noun what is counted, at most ten characters
    /// @param begun how much was done before
    ProgressBar(Screen screen, String noun, long begun, long total) {
        this.screen = screen;
        this.noun = noun;
        this.total = total;
        this.begun = begun;
        this.began = screen.nanos();
    }

    /// @param done of the total, what was done before included
    void at(long done) {
        screen.progress(() -> line(done));
    }

    /// Leaves the last state behind.
    void finish(long done) {
        screen.print(line(done));
    }

    private String line(long done) {
        return line(noun, begun, done, total, Duration.ofNanos(screen.nanos() - began));
    }

    /// @param elapsed since `begun` of the total were done
    static String line(String noun, long begun, long done, long total, Duration elapsed) {
        double share = total == 0 ? 1 : Math.min(1, (double) done / total);
        int full = (int) (share * CELLS);
        double seconds = elapsed.toNanos() / 1e9;
        double rate = seconds > 0 ? (done - begun) / seconds : 0;
        String line = String.format(
                Locale.ROOT,
                "  %-10s [%s%s] %3d%%  %,d of %,d",
                noun,
                "#".repeat(full),
                "-".repeat(CELLS - full),
                (int) (share * 100),
                done,
                total);
        if (rate <= 0) {
            return line;
        }
        line += String.format(Locale.ROOT, "  %,.0f/s", rate);
        Duration left = Duration.ofMillis((long) ((total - done) / rate * 1000));
        return done >= total ? line : line + "  " + Spans.text(left) + " left";
    }
}
