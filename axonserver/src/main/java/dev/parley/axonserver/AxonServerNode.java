package dev.parley.axonserver;

import dev.parley.axonserver.command.CommandRouter;
import dev.parley.axonserver.command.CommandService;
import dev.parley.axonserver.event.EventStoreService;
import dev.parley.axonserver.event.EventStreams;
import dev.parley.axonserver.platform.ConnectedClient;
import dev.parley.axonserver.platform.PlatformService;
import dev.parley.axonserver.protocol.ContextInterceptor;
import dev.parley.axonserver.protocol.NotOffered;
import dev.parley.axonserver.query.QueryRouter;
import dev.parley.axonserver.query.QueryService;
import dev.parley.axonserver.storage.EventStorage;
import dev.parley.axonserver.storage.WriterBusyException;
import io.grpc.Server;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.sql.SQLException;
import java.util.List;
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
    private static final long KEEP_ALIVE_SECONDS = 30;

    private final AxonServerNodeProperties properties;
    private final EventStorage storage;
    private final EventStreams streams;
    private final CommandRouter commandRouter;
    private final CommandService commands;
    private final QueryRouter queryRouter;
    private final QueryService queries;
    private final PlatformService platform;
    private final Server server;
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("axonserver-clock").daemon().factory());

    private AxonServerNode(AxonServerNodeProperties properties, EventStorage storage, MeterRegistry registry) {
        this.properties = properties;
        this.storage = storage;
        streams = new EventStreams(registry);
        commandRouter = new CommandRouter(properties.routing(), registry);
        commands = new CommandService(commandRouter);
        queryRouter = new QueryRouter(properties.routing(), registry);
        queries = new QueryService(queryRouter);
        platform = new PlatformService(properties.name(), properties.heartbeat(), this::drop, registry);
        server = NettyServerBuilder.forAddress(new InetSocketAddress(properties.address(), properties.port()))
                .directExecutor()
                .permitKeepAliveTime(1, TimeUnit.SECONDS)
                .permitKeepAliveWithoutCalls(true)
                .keepAliveTime(KEEP_ALIVE_SECONDS, TimeUnit.SECONDS)
                .maxInboundMessageSize(
                        Math.toIntExact(properties.maxMessageSize().toBytes()))
                .intercept(new ContextInterceptor())
                .addService(platform)
                .addService(commands)
                .addService(queries)
                .addService(new EventStoreService(storage, streams))
                .fallbackHandlerRegistry(new NotOffered())
                .build();
    }

    /// Starts a node without meters.
    ///
    /// @param dataSource a PostgreSQL database; the node makes its own connections to it, one for writing and
    /// `parley.axonserver.storage.readers` for reading, and its own schema `axonserver` in it
    /// @throws NodeStartException if the port is taken, or the database is unreachable or has another node
    /// writing to it
    public static AxonServerNode start(AxonServerNodeProperties properties, DataSource dataSource) {
        return start(properties, dataSource, new CompositeMeterRegistry());
    }

    /// Starts a node with meters `parley.axonserver.*`.
    ///
    /// @throws NodeStartException as for [#start(AxonServerNodeProperties, DataSource)]
    public static AxonServerNode start(
            AxonServerNodeProperties properties, DataSource dataSource, MeterRegistry registry) {
        EventStorage storage = open(properties, dataSource, registry);
        try {
            AxonServerNode node = new AxonServerNode(properties, storage, registry);
            node.listen();
            return node;
        } catch (IOException e) {
            storage.close();
            throw new NodeStartException(
                    "The Axon Server node cannot listen on port " + properties.port() + " of " + properties.address()
                            + ": the port is in use or not allowed. End what uses it, or set parley.axonserver.port"
                            + " to another one.",
                    e);
        }
    }

    /// The port it listens on.
    public int port() {
        return server.getPort();
    }

    /// Who is connected now, and how their event processors do.
    public List<ConnectedClient> clients() {
        return platform.clients();
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
        platform.leave();
        streams.close();
        server.shutdown();
        long half = properties.closeTimeout().toMillis() / 2;
        if (!awaitTermination(half)) {
            commands.close();
            queries.close();
            platform.close();
            if (!awaitTermination(half)) {
                server.shutdownNow();
            }
        }
        storage.close();
    }

    private static EventStorage open(
            AxonServerNodeProperties properties, DataSource dataSource, MeterRegistry registry) {
        try {
            NodeSchema.migrate(dataSource);
            return EventStorage.open(properties.storage(), dataSource, properties.startTimeout(), registry);
        } catch (WriterBusyException e) {
            throw new NodeStartException(
                    "Another Axon Server node is writing to the same database; end it, or give this one a database"
                            + " of its own.",
                    e);
        } catch (FlywayException | SQLException e) {
            throw new NodeStartException(
                    "The Axon Server node cannot use its database; check that PostgreSQL runs and that"
                            + " spring.datasource points to it: " + e.getMessage(),
                    e);
        }
    }

    private void listen() throws IOException {
        server.start();
        platform.listensOn(properties.address(), server.getPort());
        long interval = properties.heartbeat().interval().toMillis();
        clock.scheduleWithFixedDelay(platform::beat, interval, interval, TimeUnit.MILLISECONDS);
        clock.scheduleWithFixedDelay(this::expire, EXPIRY_MILLIS, EXPIRY_MILLIS, TimeUnit.MILLISECONDS);
        LOG.atInfo()
                .addKeyValue("address", properties.address())
                .addKeyValue("port", server.getPort())
                .addKeyValue("head", storage.tail().next())
                .log("The Axon Server node is listening");
    }

    private void expire() {
        commandRouter.expire();
        queryRouter.expire();
    }

    private void drop(String clientId) {
        commands.drop(clientId);
        queries.drop(clientId);
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
