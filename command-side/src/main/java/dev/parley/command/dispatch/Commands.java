package dev.parley.command.dispatch;

import dev.parley.messages.RejectedException;
import dev.parley.messages.Rejection;
import dev.parley.messages.RejectionCode;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.axonframework.commandhandling.CommandResultMessage;
import org.axonframework.commandhandling.callbacks.FutureCallback;
import org.axonframework.commandhandling.gateway.CommandGateway;

/// Sends commands and waits for their answers. Thread-safe; it blocks, so call it on a virtual thread.
///
/// Two commands to one conversation may meet on two nodes; the store lets one of them in. The other is decided again,
/// up to [#ATTEMPTS] times, with a pause that doubles and is spread.
public final class Commands {

    /// How long an answer is waited for. After it the outcome is unknown. A lobby call has to fail within 6 s.
    public static final Duration PATIENCE = Duration.ofSeconds(4);

    private static final int ATTEMPTS = 6;
    private static final long FIRST_PAUSE_MILLIS = 4;

    private final CommandGateway gateway;

    public Commands(CommandGateway gateway) {
        this.gateway = gateway;
    }

    /// Sends a command whose answer does not matter; see [#send(Object, Class)].
    public void send(Object command) {
        send(command, Object.class);
    }

    /// @param answer what the command answers with
    /// @throws RejectedException if the command was refused; with [RejectionCode#UNAVAILABLE] if
    ///     nobody could handle it now or its outcome is not known
    /// @throws RuntimeException any other failure of the handler: a fault
    public <R> R send(Object command, Class<R> answer) {
        for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
            CommandResultMessage<?> result = dispatch(command);
            if (!result.isExceptional()) {
                return answer.cast(result.getPayload());
            }
            Throwable failure = result.exceptionResult();
            if (Outcome.of(failure) != Outcome.CONFLICT) {
                throw refusalOrFault(failure);
            }
            pause(attempt);
        }
        throw unavailable("Too many changes at the same time");
    }

    private CommandResultMessage<?> dispatch(Object command) {
        FutureCallback<Object, Object> callback = new FutureCallback<>();
        gateway.send(command, callback);
        return callback.getResult(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    }

    private static RuntimeException refusalOrFault(Throwable failure) {
        Rejection rejection = Refusal.in(failure);
        if (rejection != null) {
            return new RejectedException(rejection);
        }
        if (Outcome.of(failure) == Outcome.UNAVAILABLE) {
            return unavailable("The command could not be handled now");
        }
        return failure instanceof RuntimeException unchecked ? unchecked : new IllegalStateException(failure);
    }

    private static RejectedException unavailable(String detail) {
        return new RejectedException(RejectionCode.UNAVAILABLE, detail);
    }

    private static void pause(int attempt) {
        long bound = FIRST_PAUSE_MILLIS << attempt;
        try {
            Thread.sleep(ThreadLocalRandom.current().nextLong(bound / 2, bound + 1));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw unavailable("The server is stopping");
        }
    }
}
