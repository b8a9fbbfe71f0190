package dev.parley.query.rebuild;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.TimeUnit;

/// Facts a second over the last half minute. Used by one thread.
final class Pace {

    private static final long WINDOW_NANOS = TimeUnit.SECONDS.toNanos(30);

    private final Deque<Mark> marks = new ArrayDeque<>();

    private record Mark(long nanos, long position) {}

    /// @return the pace up to this position, 0 for the first
    double at(long position) {
        long now = System.nanoTime();
        marks.addLast(new Mark(now, position));
        while (marks.size() > 2 && now - marks.getFirst().nanos() > WINDOW_NANOS) {
            marks.removeFirst();
        }
        Mark first = marks.getFirst();
        double seconds = (now - first.nanos()) / 1e9;
        return seconds <= 0 ? 0 : (position - first.position()) / seconds;
    }
}
