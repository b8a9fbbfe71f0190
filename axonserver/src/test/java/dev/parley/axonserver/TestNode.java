package dev.parley.axonserver;

import io.axoniq.axonserver.connector.AxonServerConnection;
import io.axoniq.axonserver.connector.AxonServerConnectionFactory;
import io.axoniq.axonserver.connector.impl.ServerAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/// A node on a database, and clients of it.
final class TestNode implements AutoCloseable {

    private final TestDatabase database;
    private final Map<String, Object> settings;
    private final List<AxonServerConnectionFactory> clients = new ArrayList<>();
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

    AxonServerConnection connect(String client) {
        return factory(client).connect("default");
    }

    AxonServerConnectionFactory factory(String client) {
        AxonServerConnectionFactory factory = AxonServerConnectionFactory.forClient("test", client)
                .routingServers(new ServerAddress("127.0.0.1", node.port()))
                .reconnectInterval(100, TimeUnit.MILLISECONDS)
                .connectTimeout(2, TimeUnit.SECONDS)
                .build();
        clients.add(factory);
        return factory;
    }

    @Override
    public void close() {
        clients.forEach(AxonServerConnectionFactory::shutdown);
        node.close();
    }
}
