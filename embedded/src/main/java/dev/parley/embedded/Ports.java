package dev.parley.embedded;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;

/// TCP ports on 127.0.0.1.
final class Ports {
    private Ports() {}

    static void requireValid(int port) {
        if (port < 0 || port > 65535) {
            throw new IllegalArgumentException("port must be 0 (any free port) to 65535, not " + port);
        }
    }

    /// A port that nobody listens on now. Somebody else may take it before the caller does: be ready to try again.
    static int free() {
        try (ServerSocket socket = new ServerSocket()) {
            socket.bind(new InetSocketAddress(loopback(), 0));
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new EmbeddedStartException(
                    "No free TCP port on 127.0.0.1 (" + e.getMessage() + "): close some programs", e);
        }
    }

    /// @throws EmbeddedStartException when somebody listens on `port`
    static void requireFree(String server, int port) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.bind(new InetSocketAddress(loopback(), port));
        } catch (IOException e) {
            throw new EmbeddedStartException(
                    "Port %d for %s cannot be used (%s): stop the program that listens there, or choose another port"
                            .formatted(port, server, e.getMessage()),
                    e);
        }
    }

    private static InetAddress loopback() throws IOException {
        return InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
    }
}
