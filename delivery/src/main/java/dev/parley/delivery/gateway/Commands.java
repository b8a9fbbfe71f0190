package dev.parley.delivery.gateway;

import dev.parley.delivery.DeliveryProperties;
import dev.parley.delivery.frames.ClientFrame;
import dev.parley.delivery.frames.ServerFrame;
import dev.parley.delivery.frames.ServerFrame.AcceptedFrame;
import dev.parley.delivery.frames.ServerFrame.Problem;
import dev.parley.messages.AccountId;
import dev.parley.messages.conversation.Accepted;
import dev.parley.messages.conversation.ConversationCommand.SendMessage;
import dev.parley.tail.Backoff;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.axonframework.commandhandling.gateway.CommandGateway;

/// Sends messages through the command bus and turns what comes of it into a frame. Thread-safe; nothing blocks.
final class Commands {

    private static final Backoff BACKOFF = new Backoff(Duration.ofMillis(10), Duration.ofMillis(200));

    private final CommandGateway gateway;
    private final Clock clock;
    private final DeliveryProperties.Send limits;
    private final GatewayTimer timer;
    private final MeterRegistry meters;

    Commands(
            CommandGateway gateway,
            Clock clock,
            DeliveryProperties.Send limits,
            GatewayTimer timer,
            MeterRegistry meters) {
        this.gateway = gateway;
        this.clock = clock;
        this.limits = limits;
        this.timer = timer;
        this.meters = meters;
    }

    DeliveryProperties.Send limits() {
        return limits;
    }

    /// Never fails: what went wrong is a [Problem]. A conflict with another writer of the conversation is tried again.
    CompletableFuture<ServerFrame> send(AccountId sender, ClientFrame.Send frame) {
        CompletableFuture<ServerFrame> answer = new CompletableFuture<>();
        SendMessage command = new SendMessage(
                frame.conversation(),
                frame.id(),
                sender,
                frame.body(),
                clock.instant().truncatedTo(ChronoUnit.MILLIS));
        attempt(command, 1, answer);
        return answer;
    }

    private void attempt(SendMessage command, int attempt, CompletableFuture<ServerFrame> answer) {
        CompletableFuture<Accepted> result;
        try {
            result = gateway.<Accepted>send(command);
        } catch (RuntimeException e) {
            result = CompletableFuture.failedFuture(e);
        }
        result.orTimeout(limits.timeout().toMillis(), TimeUnit.MILLISECONDS).whenComplete((accepted, failure) -> {
            if (failure == null) {
                count("accepted");
                answer.complete(AcceptedFrame.of(accepted));
            } else if (Failures.isConflict(failure) && attempt < limits.attempts()) {
                count("conflict");
                timer.after(BACKOFF.after(attempt), () -> attempt(command, attempt + 1, answer));
            } else {
                Problem problem = Failures.problem(
                        command.message().toString(),
                        failure,
                        limits.retryAfter().toMillis());
                count(problem.code().text());
                answer.complete(problem);
            }
        });
    }

    private void count(String outcome) {
        meters.counter("parley.delivery.sends", "outcome", outcome).increment();
    }
}
