package dev.parley.client;

/// The client was closed, or the server wants it no more. Whether the request was done is not known.
public final class ClientStoppedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    ClientStoppedException(String message) {
        super(message);
    }
}
