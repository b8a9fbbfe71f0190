package dev.parley.axonserver;

import dev.parley.axonserver.access.AccessControl;
import dev.parley.axonserver.access.AccessTokens;
import dev.parley.axonserver.http.HttpSide;
import dev.parley.axonserver.http.NodeMetrics;
import dev.parley.axonserver.http.ObservedNode;
import dev.parley.axonserver.protocol.ContextRouting;
import dev.parley.axonserver.protocol.NotOffered;
import dev.parley.axonserver.tls.NodeTls;
import dev.parley.axonserver.tls.TlsException;
import io.grpc.Server;
import io.grpc.ServerServiceDefinition;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// What is between the node and the outside: who may come in, how it is encrypted, the gRPC and the HTTP server.
final class NodeEdge implements AutoCloseable {

    private static final long KEEP_ALIVE_SECONDS = 30;

    private final AxonServerNodeProperties properties;
    private final AccessTokens tokens;
    private final MeterRegistry registry;
    private final @Nullable NodeTls tls;
    private final @Nullable NodeMetrics metrics;
    private final @Nullable HttpSide http;

    /// Reads the certificates and takes the HTTP port.
    ///
    /// @throws NodeStartException if settings do not fit, a file cannot be used, or the port is taken
    NodeEdge(AxonServerNodeProperties properties, MeterRegistry given) {
        this.properties = properties;
        tokens = tokens(properties);
        tls = tls(properties);
        int httpPort = properties.http().portBeside(properties.port());
        requireGuard(properties.address(), "parley.axonserver.address");
        if (httpPort < 0) {
            metrics = null;
            http = null;
            registry = given;
        } else {
            requireGuard(properties.httpAddress(), "parley.axonserver.http.address");
            http = bind(httpPort);
            metrics = new NodeMetrics(given);
            registry = metrics.registry();
        }
    }

    /// Where the node's meters go.
    MeterRegistry registry() {
        return registry;
    }

    boolean encrypted() {
        return tls != null;
    }

    /// The port of the HTTP side, or -1.
    int httpPort() {
        return http == null ? -1 : http.port();
    }

    /// The gRPC server, not started yet.
    ///
    /// @param services by context
    Server grpc(Map<String, List<ServerServiceDefinition>> services) {
        NettyServerBuilder builder = NettyServerBuilder.forAddress(
                        new InetSocketAddress(properties.address(), properties.port()))
                .directExecutor()
                .permitKeepAliveTime(1, TimeUnit.SECONDS)
                .permitKeepAliveWithoutCalls(true)
                .keepAliveTime(KEEP_ALIVE_SECONDS, TimeUnit.SECONDS)
                .maxInboundMessageSize(
                        Math.toIntExact(properties.maxMessageSize().toBytes()))
                .addServices(services.values().iterator().next())
                .fallbackHandlerRegistry(new NotOffered())
                .intercept(new ContextRouting(services));
        if (tokens.required()) {
            // What is added last comes first.
            builder.intercept(new AccessControl(tokens, registry));
        }
        if (tls != null) {
            builder.sslContext(tls.grpc());
        }
        return builder.build();
    }

    /// Begins to answer over HTTP.
    void show(ObservedNode node) {
        if (http != null && metrics != null) {
            http.start(node, tokens, properties.http().hosts(), metrics);
        }
    }

    /// Looks for new certificates.
    void reload() {
        if (tls != null) {
            tls.reload();
        }
    }

    /// Ends the HTTP side.
    @Override
    public void close() {
        if (http != null && metrics != null) {
            http.close();
            metrics.close();
        }
    }

    private HttpSide bind(int port) {
        String address = properties.httpAddress();
        try {
            return HttpSide.bind(new InetSocketAddress(address, port), tls == null ? null : tls.http());
        } catch (IOException e) {
            throw new NodeStartException(
                    "The Axon Server node cannot listen for HTTP on port " + port + " of " + address
                            + ": the port is in"
                            + " use or not allowed. End what uses it, or set parley.axonserver.http.port to another"
                            + " one, or to -1 for none.",
                    e);
        }
    }

    private static AccessTokens tokens(AxonServerNodeProperties properties) {
        try {
            return new AccessTokens(properties.access());
        } catch (IllegalArgumentException e) {
            throw new NodeStartException("The Axon Server node cannot use an access token: " + e.getMessage() + ".", e);
        }
    }

    private static @Nullable NodeTls tls(AxonServerNodeProperties properties) {
        if (!properties.tls().enabled()) {
            return null;
        }
        try {
            return new NodeTls(properties.tls());
        } catch (TlsException e) {
            throw new NodeStartException("The Axon Server node cannot speak TLS: " + e.getMessage() + ".", e);
        }
    }

    private void requireGuard(String address, String setting) {
        if (!tokens.required() && !properties.access().open() && !isLoopback(address)) {
            throw new NodeStartException("The Axon Server node would let everybody in who reaches " + address + " ("
                    + setting + "): give it access tokens (parley.axonserver.access.tokens.<application>.token), or set"
                    + " parley.axonserver.access.open=true if nobody else can reach it.");
        }
    }

    private static boolean isLoopback(String address) {
        try {
            return InetAddress.getByName(address).isLoopbackAddress();
        } catch (UnknownHostException e) {
            throw new NodeStartException("The Axon Server node has no address " + address + ".", e);
        }
    }
}
