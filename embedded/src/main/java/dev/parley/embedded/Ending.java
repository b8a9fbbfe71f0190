package dev.parley.embedded;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// How a server is ended: asked first, then made to.
///
/// PostgreSQL: SIGINT is a fast shutdown (sessions are cut off, everything is checkpointed), SIGQUIT an immediate
/// one (the next start recovers from the log): <https://www.postgresql.org/docs/17/server-shutdown.html>.
/// Elasticsearch: SIGTERM. After the last step the process and all its descendants are killed, which loses nothing
/// either: both replay their logs.
enum Ending {
    POSTGRES(new Step("INT", Duration.ofSeconds(30)), new Step("QUIT", Duration.ofSeconds(5))),
    ELASTICSEARCH(new Step("TERM", Duration.ofSeconds(20)));

    private static final Duration AFTER_KILL = Duration.ofSeconds(5);

    private final List<Step> steps;

    Ending(Step... steps) {
        this.steps = List.of(steps);
    }

    private record Step(String signal, Duration patience) {}

    /// Ends `process` and all its descendants, and returns when they are gone. Takes at most the sum of the steps
    /// and some seconds; an interrupt does not shorten it but is kept.
    void end(ProcessHandle process) {
        List<ProcessHandle> all = new ArrayList<>(process.descendants().toList());
        all.addFirst(process);
        boolean interrupted = Thread.interrupted();
        for (Step step : steps) {
            if (all.stream().noneMatch(ProcessHandle::isAlive)) {
                break;
            }
            signal(process, step.signal());
            interrupted |= await(all, step.patience());
        }
        process.descendants().forEach(all::add);
        all.forEach(ProcessHandle::destroyForcibly);
        interrupted |= await(all, AFTER_KILL);
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private static void signal(ProcessHandle process, String signal) {
        if (!process.isAlive()) {
            return;
        }
        try {
            new ProcessBuilder("sh", "-c", "kill -s %s %d".formatted(signal, process.pid()))
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
        } catch (IOException e) {
            process.destroy();
        }
    }

    /// @return whether the thread was interrupted while it waited
    private static boolean await(List<ProcessHandle> processes, Duration patience) {
        CompletableFuture<?> gone = CompletableFuture.allOf(
                processes.stream().map(ProcessHandle::onExit).toArray(CompletableFuture<?>[]::new));
        long deadline = System.nanoTime() + patience.toNanos();
        boolean interrupted = false;
        while (true) {
            try {
                gone.get(Math.max(0, deadline - System.nanoTime()), TimeUnit.NANOSECONDS);
                return interrupted;
            } catch (InterruptedException e) {
                interrupted = true;
            } catch (TimeoutException e) {
                return interrupted;
            } catch (ExecutionException e) {
                throw new IllegalStateException("waiting for a process failed", e);
            }
        }
    }
}
