package dev.parley.app.start;

import java.io.PrintStream;
import java.time.Duration;
import java.util.Locale;
import java.util.function.Consumer;

/// Shows a person at the console what is being started, each line with the seconds since the process began.
public final class StartProgress implements Consumer<String> {

    private final PrintStream out;
    private final long begin;

    /// @param begin when the process began, in nanoseconds of [System#nanoTime]
    public StartProgress(PrintStream out, long begin) {
        this.out = out;
        this.begin = begin;
    }

    @Override
    public void accept(String step) {
        double seconds = Duration.ofNanos(System.nanoTime() - begin).toMillis() / 1000.0;
        out.println(String.format(Locale.ROOT, "  %5.1f s  %s", seconds, step));
    }
}
