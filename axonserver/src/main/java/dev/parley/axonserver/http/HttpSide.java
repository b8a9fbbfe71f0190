package dev.parley.axonserver.http;

import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import dev.parley.axonserver.access.AccessTokens;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/// The HTTP server of the node: the one of the JDK, each request on a virtual thread of its own.
///
/// Connections, and the time of requests, are bounded by the system properties that the JDK has for that. They hold for
/// all such servers of the process, and are set here where nobody has set them.
public final class HttpSide implements AutoCloseable {

    private static final Map<String, String> BOUNDS = Map.of(
            "jdk.httpserver.maxConnections", "256",
            "sun.net.httpserver.maxReqTime", "10", // seconds
            "sun.net.httpserver.maxRspTime", "90", // seconds, of whatever it takes to answer
            "sun.net.httpserver.maxReqHeaderSize", "16384",
            "sun.net.httpserver.nodelay", "true");

    static {
        BOUNDS.forEach((name, value) -> {
            if (System.getProperty(name) == null) {
                System.setProperty(name, value);
            }
        });
    }

    private final HttpServer server;
    private final ExecutorService threads = Executors.newThreadPerTaskExecutor(
            Thread.ofVirtual().name("axonserver-http-", 0).factory());

    private HttpSide(HttpServer server) {
        this.server = server;
        server.setExecutor(threads);
    }

    /// Takes the port; nothing is answered before [#start].
    ///
    /// @param encryption null for clear text
    /// @throws IOException if the port cannot be taken
    public static HttpSide bind(InetSocketAddress address, @Nullable SSLContext encryption) throws IOException {
        if (encryption == null) {
            return new HttpSide(HttpServer.create(address, 0));
        }
        HttpsServer server = HttpsServer.create(address, 0);
        server.setHttpsConfigurator(new HttpsConfigurator(encryption));
        return new HttpSide(server);
    }

    public int port() {
        return server.getAddress().getPort();
    }

    /// @param hosts names by which the node may be called while there are no tokens
    public void start(ObservedNode node, AccessTokens tokens, Set<String> hosts, NodeMetrics metrics) {
        List<Route> routes = new ArrayList<>(new HealthPages(node).routes());
        routes.addAll(new NodePages(node, tokens.required(), metrics::scrape).routes());
        routes.addAll(new ProcessorPages(node).routes());
        server.createContext("/", new Routes(routes, new Callers(tokens, hosts)));
        server.start();
    }

    /// Stops at once.
    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
