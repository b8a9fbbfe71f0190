package dev.parley.command.dispatch;

import dev.parley.messages.Rejection;
import dev.parley.messages.RejectionCode;
import org.axonframework.commandhandling.CommandExecutionException;
import org.jspecify.annotations.Nullable;

/// A [Rejection] on its way over the command bus: the details of Axon's exception are what the bus carries to another
/// node. It has no stack trace: a refusal is an answer, not a fault.
public final class Refusal extends CommandExecutionException {

    private static final long serialVersionUID = 1L;

    public Refusal(Rejection rejection) {
        super(rejection.detail(), null, rejection);
    }

    public Refusal(RejectionCode code, String detail) {
        this(new Rejection(code, detail));
    }

    /// @param fault null where nothing is wrong
    /// @throws Refusal for a fault
    public static void ifAny(@Nullable Rejection fault) {
        if (fault != null) {
            throw new Refusal(fault);
        }
    }

    /// The rejection that a failed command carries, here or from another node.
    ///
    /// @return null where it failed for another reason
    public static @Nullable Rejection in(Throwable failure) {
        return failure instanceof CommandExecutionException refused
                        && refused.getDetails().orElse(null) instanceof Rejection rejection
                ? rejection
                : null;
    }
}
