package dev.parley.query.rebuild;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/// How fast a rebuild was over the last half minute, and how fast others moved the head on. Used by one thread.
final class Pace {

    private static final long WINDOW_NANOS = TimeUnit.SECONDS.toNanos(30);

    private final LongSupplier nanos;
    private final Deque<Mark> marks = new ArrayDeque<>();

    private record Mark(long nanos, long position, long head) {}

    /// @param nanos a clock as `System.nanoTime`
    Pace(LongSupplier nanos) {
        this.nanos = nanos;
    }

    /// It is there now.
    void at(long position, long head) {
        long now = nanos.getAsLong();
        marks.addLast(new Mark(now, position, head));
        while (marks.size() > 2 && now - marks.getFirst().nanos() > WINDOW_NANOS) {
            marks.removeFirst();
        }
    }

    /// Facts a second, 0 while that cannot be told.
    double rate() {
        return seconds() <= 0
                ? 0
                : (marks.getLast().position() - marks.getFirst().position()) / seconds();
    }

    /// Facts a second by which it comes closer to the head; negative while it falls behind.
    double closing() {
        return seconds() <= 0 ? 0 : (left(marks.getFirst()) - left(marks.getLast())) / seconds();
    }

    private double seconds() {
        return marks.size() < 2
                ? 0
                : (marks.getLast().nanos() - marks.getFirst().nanos()) / 1e9;
    }

    private static long left(Mark mark) {
        return mark.head() - mark.position();
    }
}
