package dev.parley.app.archive;

import java.time.Duration;

/// Spans of time as people read them.
final class Spans {

    private Spans() {}

    /// `41 s`, `3 min 10 s`, `2 h 5 min`; rounded to whole seconds.
    static String text(Duration span) {
        Duration rounded = span.plusMillis(500);
        if (rounded.toHours() > 0) {
            return rounded.toHours() + " h " + rounded.toMinutesPart() + " min";
        }
        return rounded.toMinutes() > 0
                ? rounded.toMinutes() + " min " + rounded.toSecondsPart() + " s"
                : rounded.toSeconds() + " s";
    }
}
