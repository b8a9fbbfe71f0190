package dev.parley.command.dispatch;

import dev.parley.messages.RejectedException;
import dev.parley.messages.RejectionCode;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// Gives up waiting for a server that is there and silent. Its own timeouts are longer, for the sake of work that takes
/// long.
public final class TimeLimit {

    private TimeLimit() {}

    /// Runs the work on a virtual thread of its own, which is interrupted when the time is over.
    ///
    /// @throws RejectedException `unavailable` when the time is over
    /// @throws RuntimeException what the work throws
    public static <R> R call(Duration limit, Callable<R> work) {
        FutureTask<R> task = new FutureTask<>(work);
        Thread thread = Thread.ofVirtual().name("time-limit").start(task);
        try {
            return task.get(limit.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException silent) {
            thread.interrupt();
            throw new RejectedException(RejectionCode.UNAVAILABLE, "The server cannot do this now, try again");
        } catch (InterruptedException stopped) {
            thread.interrupt();
            Thread.currentThread().interrupt();
            throw new RejectedException(RejectionCode.UNAVAILABLE, "The server is stopping");
        } catch (ExecutionException failure) {
            throw failure.getCause() instanceof RuntimeException cause
                    ? cause
                    : new IllegalStateException(failure.getCause());
        }
    }
}
