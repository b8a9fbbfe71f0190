package dev.parley.command.dispatch;

import java.util.List;
import java.util.concurrent.TimeoutException;
import org.axonframework.axonserver.connector.AxonServerException;
import org.axonframework.axonserver.connector.command.AxonServerCommandDispatchException;
import org.axonframework.commandhandling.NoHandlerForCommandException;
import org.axonframework.modelling.command.ConcurrencyException;

/// What a failed command's exception says about it.
///
/// From another node only the text of an exception arrives unless it carries a rejection, so the store's error codes
/// (`io.axoniq.axonserver`, "Error codes": AXONIQ-2000 is an invalid sequence, which goes with gRPC's OUT_OF_RANGE)
/// and gRPC's status names are looked for in it.
public enum Outcome {
    /// It was decided against: the rejection says why.
    REFUSED,
    /// Another command came in between; deciding again is safe.
    CONFLICT,
    /// Not handled, or nobody knows.
    UNAVAILABLE,
    /// A mistake in the code.
    FAULT;

    private static final List<String> SIGNS_OF_CONFLICT = List.of("OUT_OF_RANGE", "AXONIQ-2000", "AXONIQ-4004");
    private static final List<String> SIGNS_OF_ABSENCE = List.of(
            "AXONIQ-2100",
            "AXONIQ-3001",
            "AXONIQ-4000",
            "AXONIQ-4003",
            "UNAVAILABLE",
            "DEADLINE_EXCEEDED",
            "CANCELLED",
            "Timeout while executing request",
            "shutdown");

    public static Outcome of(Throwable failure) {
        if (Refusal.in(failure) != null) {
            return REFUSED;
        }
        Outcome outcome = FAULT;
        for (Throwable cause = failure; cause != null && outcome == FAULT; cause = cause.getCause()) {
            outcome = ofOne(cause);
        }
        return outcome;
    }

    private static Outcome ofOne(Throwable failure) {
        String text = String.valueOf(failure.getMessage());
        if (failure instanceof ConcurrencyException
                || SIGNS_OF_CONFLICT.stream().anyMatch(text::contains)) {
            return CONFLICT;
        }
        boolean absent = failure instanceof NoHandlerForCommandException
                || failure instanceof AxonServerCommandDispatchException
                || failure instanceof AxonServerException
                || failure instanceof TimeoutException
                || failure instanceof InterruptedException
                || SIGNS_OF_ABSENCE.stream().anyMatch(text::contains);
        return absent ? UNAVAILABLE : FAULT;
    }
}
