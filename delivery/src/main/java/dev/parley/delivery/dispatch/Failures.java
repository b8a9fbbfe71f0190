package dev.parley.delivery.dispatch;

import dev.parley.delivery.frames.ServerFrame.Problem;
import dev.parley.messages.RejectedException;
import dev.parley.messages.Rejection;
import dev.parley.messages.RejectionCode;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.axonframework.commandhandling.CommandExecutionException;
import org.axonframework.commandhandling.NoHandlerForCommandException;
import org.axonframework.common.AxonException;
import org.axonframework.messaging.HandlerExecutionException;
import org.axonframework.modelling.command.ConcurrencyException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What a failed command means to the client.
///
/// Axon Server refuses an event whose sequence number is taken with `AXONIQ-2000`, which the connector of 4.13 leaves a
/// raw gRPC status (`OUT_OF_RANGE`); after crossing the bus only its text is left.
public final class Failures {

    private static final Logger log = LoggerFactory.getLogger(Failures.class);
    private static final int MAX_CAUSES = 16;

    private Failures() {}

    /// Whether another writer was faster: the same command may succeed now.
    public static boolean isConflict(Throwable failure) {
        return rejection(failure) == null
                && causes(failure)
                        .anyMatch(cause -> cause instanceof ConcurrencyException
                                || contains(cause, "AXONIQ-2000")
                                || contains(cause, "OUT_OF_RANGE"));
    }

    /// Whether the same command may succeed later.
    public static boolean mayPass(Throwable failure) {
        Rejection rejection = rejection(failure);
        return rejection == null
                ? isConflict(failure) || isPassing(failure)
                : rejection.code() == RejectionCode.UNAVAILABLE || rejection.retryAfter() != null;
    }

    /// Whether something of the command itself is to blame.
    public static boolean isInvalid(Throwable failure) {
        Rejection rejection = rejection(failure);
        return rejection != null && rejection.code() == RejectionCode.INVALID;
    }

    /// A fault of the server is logged here, and only here.
    ///
    /// @param id of the request
    /// @param retryAfterMs for what passes without saying when
    public static Problem problem(String id, Throwable failure, long retryAfterMs) {
        Rejection rejection = rejection(failure);
        if (rejection != null && rejection.code() == RejectionCode.UNAVAILABLE && rejection.retryAfter() == null) {
            return Problem.unavailable(id, rejection.detail(), retryAfterMs);
        }
        if (rejection != null) {
            return Problem.of(id, rejection);
        }
        if (isConflict(failure)) {
            return Problem.unavailable(id, "Too many write to this conversation at once", retryAfterMs);
        }
        if (isPassing(failure)) {
            return Problem.unavailable(id, "This could not be stored now; send it again", retryAfterMs);
        }
        log.atError().addKeyValue("request", id).setCause(failure).log("A request could not be done");
        return Problem.of(id, new Rejection(RejectionCode.INTERNAL, "A fault of the server"));
    }

    private static @Nullable Rejection rejection(Throwable failure) {
        return causes(failure)
                .map(cause -> switch (cause) {
                    case RejectedException rejected -> rejected.rejection();
                    case HandlerExecutionException handling ->
                        handling.getDetails().orElse(null) instanceof Rejection details ? details : null;
                    default -> null;
                })
                .filter(found -> found != null)
                .findFirst()
                .orElse(null);
    }

    /// A fault of the way to the command side or to the store. What failed in a handler for a reason of its own comes
    /// as a [CommandExecutionException].
    private static boolean isPassing(Throwable failure) {
        boolean handled = causes(failure).anyMatch(CommandExecutionException.class::isInstance);
        return causes(failure)
                .anyMatch(cause -> contains(cause, "UNAVAILABLE")
                        || cause instanceof TimeoutException
                        || cause instanceof NoHandlerForCommandException
                        || (!handled && cause instanceof AxonException));
    }

    private static boolean contains(Throwable cause, String text) {
        return cause.getMessage() != null && cause.getMessage().contains(text);
    }

    private static Stream<Throwable> causes(Throwable failure) {
        return Stream.iterate(failure, cause -> cause != null, Throwable::getCause)
                .limit(MAX_CAUSES);
    }
}
