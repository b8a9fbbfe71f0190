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
/// with a pause that doubles up to [#LONGEST_PAUSE_MILLIS] and is spread, as long as there is patience: a node that has
/// lost reads what it did not know before it decides again, so it may lose several times to one that goes on writing.
public final class Commands {

    /// How long an answer is waited for. After it the outcome is unknown. A lobby call has to fail within 6 s.
    public static final Duration PATIENCE = Duration.ofSeconds(4);

    private static final long FIRST_PAUSE_MILLIS = 4;
    private static final long LONGEST_PAUSE_MILLIS = 64;

    private final CommandGateway gateway;
    private final Duration patience;

    public Commands(CommandGateway gateway) {
        this(gateway, PATIENCE);
    }

    /// @param patience in all, from the first attempt to the last answer
    Commands(CommandGateway gateway, Duration patience) {
        this.gateway = gateway;
        this.patience = patience;
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
        long end = System.nanoTime() + patience.toNanos();
        for (long pause = FIRST_PAUSE_MILLIS; ; pause = Math.min(2 * pause, LONGEST_PAUSE_MILLIS)) {
            CommandResultMessage<?> result = dispatch(command, end - System.nanoTime());
            if (!result.isExceptional()) {
                return answer.cast(result.getPayload());
            }
            Throwable failure = result.exceptionResult();
            if (Outcome.of(failure) != Outcome.CONFLICT) {
                throw refusalOrFault(failure);
            }
            long millis = ThreadLocalRandom.current().nextLong(pause / 2, pause + 1);
            if (System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis) >= end) {
                throw unavailable("Too many changes at the same time");
            }
            pause(millis);
        }
    }

    private CommandResultMessage<?> dispatch(Object command, long nanos) {
        FutureCallback<Object, Object> callback = new FutureCallback<>();
        gateway.send(command, callback);
        return callback.getResult(nanos, TimeUnit.NANOSECONDS);
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

    private static void pause(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw unavailable("The server is stopping");
        }
    }
}
