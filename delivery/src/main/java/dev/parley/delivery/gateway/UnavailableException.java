package dev.parley.delivery.gateway;

/// Something the gateway needs does not answer now; the client may come back.
final class UnavailableException extends Exception {

    private static final long serialVersionUID = 1L;

    UnavailableException(Throwable cause) {
        super("Something needed does not answer", cause);
    }
}
