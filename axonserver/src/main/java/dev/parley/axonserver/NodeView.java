package dev.parley.axonserver;

import dev.parley.axonserver.http.ObservedContext;
import dev.parley.axonserver.http.ObservedNode;
import dev.parley.axonserver.storage.StorageConnections;
import io.grpc.Server;
import java.util.List;

/// The node, as its HTTP side sees it.
record NodeView(
        AxonServerNodeProperties properties,
        NodeEdge edge,
        Server server,
        StorageConnections connections,
        List<ObservedContext> contexts)
        implements ObservedNode {

    @Override
    public String name() {
        return properties.name();
    }

    @Override
    public String address() {
        return properties.address();
    }

    @Override
    public int port() {
        return server.getPort();
    }

    @Override
    public int httpPort() {
        return edge.httpPort();
    }

    @Override
    public boolean encrypted() {
        return edge.encrypted();
    }

    @Override
    public boolean listens() {
        return !server.isShutdown();
    }

    @Override
    public boolean databaseAnswers() {
        return connections.answers();
    }
}
