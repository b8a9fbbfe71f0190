package dev.parley.axonserver;

import dev.parley.axonserver.http.ObservedContext;
import dev.parley.axonserver.platform.ConnectedClient;
import dev.parley.axonserver.protocol.Meters;
import dev.parley.axonserver.storage.EventStorage;
import dev.parley.axonserver.storage.StorageConnections;
import dev.parley.axonserver.storage.WriterBusyException;
import io.grpc.Server;
import io.grpc.ServerServiceDefinition;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.flywaydb.core.api.FlywayException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A running Axon Server node, to which Axon's connector talks over gRPC as to any Axon Server.
///
/// Transport threads run everything that does not block; what reads the database has threads of its own, and what
/// writes events has one. Thread-safe.
public final class AxonServerNode implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(AxonServerNode.class);

    private static final long EXPIRY_MILLIS = 500;

    private final AxonServerNodeProperties properties;
    private final NodeEdge edge;
    private final StorageConnections connections;
    private final Map<String, NodeContext> contexts;
    private final Server server;
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("axonserver-clock").daemon().factory());

    private AxonServerNode(
            AxonServerNodeProperties properties,
            NodeEdge edge,
            StorageConnections connections,
            Map<String, NodeContext> contexts) {
        this.properties = properties;
        this.edge = edge;
        this.connections = connections;
        this.contexts = contexts;
        Map<String, List<ServerServiceDefinition>> services = new LinkedHashMap<>();
        contexts.forEach((name, context) -> services.put(name, context.services()));
        server = edge.grpc(services);
    }

    /// Starts a node without meters.
    ///
    /// @param dataSource a PostgreSQL database; the node makes its own connections to it, one for writing and
    /// `parley.axonserver.storage.readers` for reading, and its own schema `axonserver` in it
    /// @throws NodeStartException if a setting does not fit, a port is taken, or the database is unreachable or has
    /// another node writing to it
    public static AxonServerNode start(AxonServerNodeProperties properties, DataSource dataSource) {
        return start(properties, dataSource, new CompositeMeterRegistry());
    }

    /// Starts a node with meters `parley.axonserver.*`.
    ///
    /// @throws NodeStartException as for [#start(AxonServerNodeProperties, DataSource)]
    public static AxonServerNode start(
            AxonServerNodeProperties properties, DataSource dataSource, MeterRegistry registry) {
        NodeEdge edge = new NodeEdge(properties, registry);
        try {
            return start(properties, edge, connect(properties, dataSource));
        } catch (RuntimeException e) {
            edge.close();
            throw e;
        }
    }

    private static AxonServerNode start(
            AxonServerNodeProperties properties, NodeEdge edge, StorageConnections connections) {
        Map<String, NodeContext> contexts = new LinkedHashMap<>();
        try {
            open(contexts, properties, connections, edge.registry());
            AxonServerNode node = new AxonServerNode(properties, edge, connections, contexts);
            node.listen();
            return node;
        } catch (IOException e) {
            close(contexts.values(), connections);
            throw new NodeStartException(
                    "The Axon Server node cannot listen on port " + properties.port() + " of " + properties.address()
                            + ": the port is in use or not allowed. End what uses it, or set parley.axonserver.port"
                            + " to another one.",
                    e);
        } catch (RuntimeException e) {
            close(contexts.values(), connections);
            throw e;
        }
    }

    /// The port it listens on.
    public int port() {
        return server.getPort();
    }

    /// The port of the HTTP side, or -1 if there is none.
    public int httpPort() {
        return edge.httpPort();
    }

    /// Who is connected now, and how their event processors do.
    public List<ConnectedClient> clients() {
        return contexts.values().stream()
                .flatMap(context -> context.platform().clients().stream())
                .toList();
    }

    /// Shuts down: asks the clients to leave and takes no new ones, then stores what was accepted. It returns within
    /// about [AxonServerNodeProperties#closeTimeout()] and the time that the last appends have. May be repeated.
    @Override
    public void close() {
        if (server.isShutdown()) {
            return;
        }
        LOG.atInfo().addKeyValue("port", port()).log("The Axon Server node is shutting down");
        clock.shutdownNow();
        contexts.values().forEach(NodeContext::leave);
        server.shutdown();
        long half = properties.closeTimeout().toMillis() / 2;
        if (!awaitTermination(half)) {
            contexts.values().forEach(NodeContext::endStreams);
            if (!awaitTermination(half)) {
                server.shutdownNow();
            }
        }
        edge.close();
        close(contexts.values(), connections);
    }

    private static StorageConnections connect(AxonServerNodeProperties properties, DataSource dataSource) {
        try {
            NodeSchema.migrate(dataSource);
            return new StorageConnections(dataSource, properties.storage());
        } catch (FlywayException | SQLException e) {
            throw unusable(e);
        }
    }

    private static void open(
            Map<String, NodeContext> contexts,
            AxonServerNodeProperties properties,
            StorageConnections connections,
            MeterRegistry registry) {
        try {
            for (String name : properties.contexts()) {
                Meters meters = new Meters(registry, name);
                EventStorage storage =
                        EventStorage.open(name, properties.storage(), connections, properties.startTimeout(), meters);
                contexts.put(name, new NodeContext(properties, storage, meters));
            }
        } catch (WriterBusyException e) {
            throw new NodeStartException(
                    "Another Axon Server node is writing to the same database; end it, or give this one a database"
                            + " of its own.",
                    e);
        } catch (SQLException e) {
            throw unusable(e);
        }
    }

    private static NodeStartException unusable(Exception e) {
        return new NodeStartException(
                "The Axon Server node cannot use its database; check that PostgreSQL runs and that"
                        + " spring.datasource points to it: " + e.getMessage(),
                e);
    }

    private static void close(Collection<NodeContext> contexts, StorageConnections connections) {
        contexts.forEach(NodeContext::close);
        connections.close();
    }

    private void listen() throws IOException {
        server.start();
        int httpPort = Math.max(0, edge.httpPort());
        contexts.values()
                .forEach(context -> context.platform().listensOn(properties.address(), server.getPort(), httpPort));
        List<ObservedContext> observed = new ArrayList<>();
        contexts.forEach((name, context) -> observed.add(context.observed(name)));
        edge.show(new NodeView(properties, edge, server, connections, observed));
        long interval = properties.heartbeat().interval().toMillis();
        clock.scheduleWithFixedDelay(this::beat, interval, interval, TimeUnit.MILLISECONDS);
        clock.scheduleWithFixedDelay(this::expire, EXPIRY_MILLIS, EXPIRY_MILLIS, TimeUnit.MILLISECONDS);
        long reload = properties.tls().reload().toMillis();
        clock.scheduleWithFixedDelay(edge::reload, reload, reload, TimeUnit.MILLISECONDS);
        LOG.atInfo()
                .addKeyValue("address", properties.address())
                .addKeyValue("port", server.getPort())
                .addKeyValue("httpPort", edge.httpPort())
                .addKeyValue("contexts", contexts.keySet())
                .log("The Axon Server node is listening");
    }

    private void beat() {
        contexts.values().forEach(context -> context.platform().beat());
    }

    private void expire() {
        contexts.values().forEach(NodeContext::expire);
    }

    private boolean awaitTermination(long millis) {
        try {
            return server.awaitTermination(millis, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
