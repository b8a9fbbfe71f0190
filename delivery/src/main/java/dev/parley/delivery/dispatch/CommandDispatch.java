package dev.parley.delivery.dispatch;

import dev.parley.tail.Backoff;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.axonframework.commandhandling.gateway.CommandGateway;

/// Sends commands through the command bus. A conflict with another writer of the same aggregate is tried again.
/// Thread-safe; nothing blocks.
public final class CommandDispatch {

    private static final Backoff BACKOFF = new Backoff(Duration.ofMillis(10), Duration.ofMillis(200));

    private final CommandGateway gateway;
    private final Delay delay;
    private final Patience patience;
    private final Counter conflicts;

    /// @param timeout of one attempt
    /// @param attempts in all, where others write to the aggregate at the same time
    public record Patience(Duration timeout, int attempts) {}

    public CommandDispatch(CommandGateway gateway, Delay delay, Patience patience, MeterRegistry meters) {
        this.gateway = gateway;
        this.delay = delay;
        this.patience = patience;
        this.conflicts = meters.counter("parley.delivery.conflicts");
    }

    /// @return fails with what [Failures] tells apart. After a timeout the command may have been done all the same.
    public <R> CompletableFuture<R> send(Object command) {
        CompletableFuture<R> answer = new CompletableFuture<>();
        attempt(command, 1, answer);
        return answer;
    }

    private <R> void attempt(Object command, int attempt, CompletableFuture<R> answer) {
        CompletableFuture<R> result;
        try {
            result = gateway.send(command);
        } catch (RuntimeException e) {
            result = CompletableFuture.failedFuture(e);
        }
        result.orTimeout(patience.timeout().toMillis(), TimeUnit.MILLISECONDS).whenComplete((done, failure) -> {
            if (failure == null) {
                answer.complete(done);
            } else if (Failures.isConflict(failure) && attempt < patience.attempts()) {
                conflicts.increment();
                delay.after(BACKOFF.after(attempt), () -> attempt(command, attempt + 1, answer));
            } else {
                answer.completeExceptionally(failure);
            }
        });
    }
}
