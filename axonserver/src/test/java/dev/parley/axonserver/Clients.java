package dev.parley.axonserver;

import io.axoniq.axonserver.connector.AxonServerConnection;
import io.axoniq.axonserver.connector.AxonServerConnectionFactory;
import io.axoniq.axonserver.connector.impl.ServerAddress;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/// Clients of whatever listens on a port: a node, or a proxy before it.
record Clients(int port, List<AxonServerConnectionFactory> factories) implements AutoCloseable {

    Clients(int port) {
        this(port, new CopyOnWriteArrayList<>());
    }

    AxonServerConnection connect(String client) {
        AxonServerConnectionFactory factory = AxonServerConnectionFactory.forClient("test", client)
                .routingServers(new ServerAddress("127.0.0.1", port))
                .commandPermits(64)
                .queryPermits(64)
                .reconnectInterval(200, TimeUnit.MILLISECONDS)
                .connectTimeout(5, TimeUnit.SECONDS)
                .build();
        factories.add(factory);
        return factory.connect("default");
    }

    /// Side by side: a client that has just reconnected takes some seconds.
    @Override
    public void close() {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            factories.forEach(factory -> threads.submit(factory::shutdown));
        }
    }
}
