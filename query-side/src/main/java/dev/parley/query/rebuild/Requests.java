package dev.parley.query.rebuild;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessResourceFailureException;

/// Some requests of a batch under way at once, while the caller makes the next one ready. Used by one thread.
public final class Requests {

    private static final Logger log = LoggerFactory.getLogger(Requests.class);
    /// At once; Elasticsearch has to index, this process to decode facts.
    private static final int MOST = 4;

    private final Queue<Future<?>> underWay = new ArrayDeque<>();

    /// Begins one, after the first of four that are under way; [#complete] tells how it went.
    ///
    /// @throws RuntimeException as an earlier one failed
    public void begin(Runnable request) {
        while (underWay.size() >= MOST) {
            await(underWay.remove());
        }
        FutureTask<Void> task = new FutureTask<>(request, null);
        underWay.add(task);
        Thread.startVirtualThread(task);
    }

    /// Waits until all that was begun is done.
    ///
    /// @throws RuntimeException as the first of them failed
    public void complete() {
        while (!underWay.isEmpty()) {
            await(underWay.remove());
        }
    }

    /// Waits until nothing is under way any more, however it ends.
    public void abandon() {
        while (!underWay.isEmpty()) {
            try {
                await(underWay.remove());
            } catch (RuntimeException known) {
                log.atDebug().setCause(known).log("One more request of a batch that failed has failed");
            }
        }
    }

    private static void await(Future<?> request) {
        try {
            request.get();
        } catch (ExecutionException failed) {
            if (failed.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw new IllegalStateException(failed.getCause());
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new DataAccessResourceFailureException("A batch was interrupted", stopped);
        }
    }
}
