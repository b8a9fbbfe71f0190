package dev.parley.axonserver;

import io.axoniq.axonserver.connector.AxonServerConnection;
import io.axoniq.axonserver.connector.AxonServerConnectionFactory;
import io.axoniq.axonserver.connector.impl.ServerAddress;
import io.grpc.ManagedChannel;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;

/// A node on a database, and clients of it.
final class TestNode implements AutoCloseable {

    private final TestDatabase database;
    private final Map<String, Object> settings;
    private final List<AxonServerConnectionFactory> clients = new ArrayList<>();
    private final List<ManagedChannel> channels = new ArrayList<>();
    private AxonServerNode node;

    TestNode(TestDatabase database, Map<String, ?> settings) {
        this.database = database;
        this.settings = new HashMap<>(settings);
        this.settings.putIfAbsent("port", 0);
        this.settings.putIfAbsent("closeTimeout", "1s");
        start();
    }

    static TestNode onEmptyStore() {
        return new TestNode(TestDatabase.create(), Map.of());
    }

    static TestNode onEmptyStore(Map<String, ?> settings) {
        return new TestNode(TestDatabase.create(), settings);
    }

    private void start() {
        node = AxonServerNode.start(AxonServerNodeProperties.with(settings), database.dataSource());
    }

    /// Stops the node and starts it on the same port and data.
    void restart() {
        settings.put("port", node.port());
        node.close();
        start();
    }

    AxonServerNode node() {
        return node;
    }

    int port() {
        return node.port();
    }

    TestDatabase database() {
        return database;
    }

    /// A bare connection, which can be cut off at any time.
    ManagedChannel channel() {
        ManagedChannel channel = NettyChannelBuilder.forAddress("127.0.0.1", node.port())
                .usePlaintext()
                .build();
        channels.add(channel);
        return channel;
    }

    AxonServerConnection connect(String client) {
        return factory(client).connect("default");
    }

    AxonServerConnectionFactory factory(String client) {
        return factory(client, UnaryOperator.identity());
    }

    AxonServerConnectionFactory factory(String client, UnaryOperator<AxonServerConnectionFactory.Builder> settings) {
        AxonServerConnectionFactory factory = settings.apply(AxonServerConnectionFactory.forClient("test", client)
                        .routingServers(new ServerAddress("127.0.0.1", node.port()))
                        .commandPermits(64)
                        .queryPermits(64)
                        .reconnectInterval(100, TimeUnit.MILLISECONDS)
                        .connectTimeout(10, TimeUnit.SECONDS))
                .build();
        clients.add(factory);
        return factory;
    }

    @Override
    public void close() {
        channels.forEach(ManagedChannel::shutdownNow);
        clients.forEach(AxonServerConnectionFactory::shutdown);
        node.close();
    }
}
