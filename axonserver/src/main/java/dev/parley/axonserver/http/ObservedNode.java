package dev.parley.axonserver.http;

import dev.parley.axonserver.platform.ConnectedClient;
import java.util.List;

/// What the HTTP side shows of the node.
public interface ObservedNode {

    String name();

    String address();

    int port();

    int httpPort();

    boolean encrypted();

    List<ObservedContext> contexts();

    /// Whether the gRPC side is up.
    boolean listens();

    /// Whether the database answers. May take some seconds.
    boolean databaseAnswers();

    /// Those of all contexts.
    default List<ConnectedClient> clients() {
        return contexts().stream()
                .flatMap(context -> context.platform().clients().stream())
                .toList();
    }
}
