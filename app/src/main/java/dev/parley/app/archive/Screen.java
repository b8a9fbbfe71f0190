package dev.parley.app.archive;

import java.io.PrintStream;
import java.time.Duration;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/// Where progress is shown: one line drawn over and over on a terminal, else a new line every five seconds.
/// Thread-safe.
final class Screen {

    private static final long BETWEEN_LINES = Duration.ofSeconds(5).toNanos();
    private static final long BETWEEN_DRAWINGS = Duration.ofMillis(100).toNanos();
    private static final String ERASE = "\r\033[K";

    private final PrintStream out;
    private final boolean terminal;
    private final LongSupplier nanos;
    private long nextProgress;
    private long nextNotice;
    private boolean drawn;

    /// @param terminal whether lines can be drawn over
    /// @param nanos the clock, as [System#nanoTime]
    Screen(PrintStream out, boolean terminal, LongSupplier nanos) {
        this.out = out;
        this.terminal = terminal;
        this.nanos = nanos;
        this.nextNotice = nanos.getAsLong();
        this.nextProgress = nextNotice + (terminal ? 0 : BETWEEN_LINES);
    }

    /// Shows it if the last progress is long enough ago.
    synchronized void progress(Supplier<String> line) {
        long now = nanos.getAsLong();
        if (now - nextProgress >= 0) {
            nextProgress = now + (terminal ? BETWEEN_DRAWINGS : BETWEEN_LINES);
            draw(line.get());
        }
    }

    /// Shows why nothing goes on, at once the first time.
    synchronized void notice(String line) {
        long now = nanos.getAsLong();
        if (terminal || now - nextNotice >= 0) {
            nextNotice = now + BETWEEN_LINES;
            draw("  " + line);
        }
    }

    /// A line that stays.
    synchronized void print(String line) {
        if (drawn) {
            out.print(ERASE);
            drawn = false;
        }
        out.println(line);
    }

    /// Moves off a line that was drawn, so that other output does not run into it.
    synchronized void end() {
        if (drawn) {
            out.println();
            drawn = false;
        }
    }

    private void draw(String line) {
        if (terminal) {
            out.print(ERASE + line);
            out.flush();
            drawn = true;
        } else {
            out.println(line);
        }
    }

    long nanos() {
        return nanos.getAsLong();
    }
}
