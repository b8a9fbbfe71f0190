package dev.parley.app.start;

import dev.parley.app.backing.StartException;
import dev.parley.axonserver.NodeStartException;
import dev.parley.embedded.EmbeddedStartException;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.web.server.PortInUseException;

/// Why Parley did not start, as one line for a person.
public final class StartFailure {

    private StartFailure() {}

    /// The sentence of the cause that was written for people; else the innermost message.
    public static String line(Throwable failure) {
        Throwable innermost = failure;
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof StartException
                    || cause instanceof EmbeddedStartException
                    || cause instanceof NodeStartException) {
                return oneLine(cause.getMessage());
            }
            if (cause instanceof PortInUseException taken) {
                return "Port " + taken.getPort() + " is in use: stop what holds it, or set server.port.";
            }
            innermost = cause;
        }
        return "Parley could not start: " + innermost.getClass().getSimpleName() + ": "
                + oneLine(innermost.getMessage());
    }

    private static String oneLine(@Nullable String message) {
        return String.valueOf(message).strip().replaceAll("\\s+", " ");
    }
}
