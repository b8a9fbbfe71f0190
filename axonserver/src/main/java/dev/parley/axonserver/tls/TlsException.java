package dev.parley.axonserver.tls;

import java.nio.file.Path;

/// A certificate file cannot be used. The message is for people: which file, why, and which setting names it.
public final class TlsException extends Exception {

    TlsException(String message) {
        super(message);
    }

    TlsException(Path file, String setting, Exception cause) {
        super(
                file + " (parley.axonserver.tls." + setting + ") cannot be used: "
                        + cause.getClass().getSimpleName()
                        + (cause.getMessage() == null ? "" : " " + cause.getMessage()),
                cause);
    }
}
