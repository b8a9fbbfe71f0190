package dev.parley.axonserver;

/// The node could not start. The message is one sentence for people: what is wrong, where, and what to do.
public final class NodeStartException extends RuntimeException {

    NodeStartException(String message) {
        super(message);
    }

    NodeStartException(String message, Throwable cause) {
        super(message, cause);
    }
}
