package dev.parley.benchmarks;

import dev.parley.axonserver.AxonServerNode;
import dev.parley.axonserver.AxonServerNodeProperties;
import dev.parley.embedded.EmbeddedPostgres;
import io.axoniq.axonserver.connector.AxonServerConnection;
import io.axoniq.axonserver.connector.AxonServerConnectionFactory;
import io.axoniq.axonserver.connector.impl.ServerAddress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.UUID;
import org.postgresql.ds.PGSimpleDataSource;
import org.springframework.util.FileSystemUtils;

/// A connection to an Axon Server: to a node of this JVM on an embedded PostgreSQL and an empty store, or to any that
/// is
/// named.
final class NodeUnderLoad implements AutoCloseable {

    private static final String LOOPBACK = "127.0.0.1";

    private final AutoCloseable server;
    private final AxonServerConnectionFactory client;
    private final AxonServerConnection connection;

    private NodeUnderLoad(AutoCloseable server, ServerAddress address) {
        this.server = server;
        client = AxonServerConnectionFactory.forClient("benchmark", "benchmark-" + UUID.randomUUID())
                .routingServers(address)
                .build();
        connection = client.connect("default");
    }

    /// @param address as `host:port`; empty for a node of this JVM
    /// @param folder in which an embedded PostgreSQL has its data meanwhile
    static NodeUnderLoad of(String address, Path folder) throws IOException {
        if (address.isEmpty()) {
            return embedded(Files.createTempDirectory(Files.createDirectories(folder), "postgresql"));
        }
        int colon = address.lastIndexOf(':');
        return new NodeUnderLoad(
                () -> {},
                new ServerAddress(address.substring(0, colon), Integer.parseInt(address.substring(colon + 1))));
    }

    private static NodeUnderLoad embedded(Path folder) {
        EmbeddedPostgres postgres = EmbeddedPostgres.start(folder);
        PGSimpleDataSource database = new PGSimpleDataSource();
        database.setUrl(postgres.jdbcUrl());
        database.setUser(postgres.user());
        database.setPassword(postgres.password());
        AxonServerNode node = AxonServerNode.start(AxonServerNodeProperties.with(Map.of("port", 0)), database);
        AutoCloseable all = () -> {
            node.close();
            postgres.close();
            FileSystemUtils.deleteRecursively(folder);
        };
        return new NodeUnderLoad(all, new ServerAddress(LOOPBACK, node.port()));
    }

    AxonServerConnection connection() {
        return connection;
    }

    @Override
    public void close() throws Exception {
        client.shutdown();
        server.close();
    }
}
