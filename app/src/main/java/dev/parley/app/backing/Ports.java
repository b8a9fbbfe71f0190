package dev.parley.app.backing;

import dev.parley.app.role.NodeRole;
import dev.parley.axonserver.AxonServerNodeProperties;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.Set;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.core.env.Environment;

/// The ports this process listens on, looked at before anything is started.
final class Ports {

    private static final int AXON_SERVER = 8124;

    private Ports() {}

    static int axonServer(Environment environment) {
        return environment.getProperty("parley.axonserver.port", Integer.class, AXON_SERVER);
    }

    /// @throws StartException naming the first port that somebody else holds
    static void requireFree(Environment environment, Set<NodeRole> roles) {
        requireFree(
                environment.getProperty("server.address", "0.0.0.0"),
                environment.getProperty("server.port", Integer.class, 8080),
                "HTTP",
                "server.port");
        if (roles.contains(NodeRole.AXONSERVER)) {
            requireFree(
                    environment.getProperty("parley.axonserver.address", "127.0.0.1"),
                    axonServer(environment),
                    "the Axon Server node",
                    "parley.axonserver.port");
            var node = Binder.get(environment).bindOrCreate("parley.axonserver", AxonServerNodeProperties.class);
            int http = node.http().portBeside(node.port());
            if (http > 0) {
                requireFree(
                        node.httpAddress(),
                        http,
                        "the HTTP side of the Axon Server node",
                        "parley.axonserver.http.port");
            }
        }
    }

    /// A port that was free a moment ago.
    static int free() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new StartException("No free TCP port is left on 127.0.0.1: " + e.getMessage());
        }
    }

    private static void requireFree(String address, int port, String use, String property) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(address, port));
        } catch (IOException e) {
            throw new StartException("Port " + port + " on " + address + ", wanted for " + use + ", cannot be taken ("
                    + e.getMessage() + "): stop what holds it, or set " + property + ".");
        }
    }
}
