package dev.parley.axonserver.protocol;

import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/// A message that costs its receiver a permit: a command, a query, an update. It waits at one [PermittedSender] at a
/// time; one that was taken back unsent may be offered to another.
public class Work<T> {

    private static final AtomicLong TURNS = new AtomicLong();

    private final T message;
    private final @Nullable T followUp;
    private final long priority;
    private volatile boolean sent;

    /// Its place among work of the same priority, which it keeps when it moves on; 0 until it has waited.
    private long turn;

    public Work(T message) {
        this(message, null, 0);
    }

    /// @param followUp sent right behind the message, at no further cost
    /// @param priority what is higher goes out first
    public Work(T message, @Nullable T followUp, long priority) {
        this.message = message;
        this.followUp = followUp;
        this.priority = priority;
    }

    public final T message() {
        return message;
    }

    /// The receiver's stream or subscription ended before this was sent to it: nobody has seen it.
    protected void returned() {}

    /// The receiver's stream ended after this was sent to it, and before it answered.
    protected void lost() {}

    final @Nullable T followUp() {
        return followUp;
    }

    final long priority() {
        return priority;
    }

    final long turn() {
        return turn;
    }

    final void queue() {
        if (turn == 0) {
            turn = TURNS.incrementAndGet();
        }
    }

    final boolean wasSent() {
        return sent;
    }

    final void markSent() {
        sent = true;
    }
}
