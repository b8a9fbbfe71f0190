package dev.parley.axonserver;

import io.axoniq.axonserver.connector.AxonServerConnection;

/// A part of what applications rely on at any Axon Server. Servers keep what they are given, so tests use names of
/// their own, and nothing else writes to the context while they run.
interface Contract {

    /// ServerClients that are closed after the test.
    ServerClients clients();

    /// The context that the tests run in.
    String context();

    /// A connection for tests to which it does not matter who they are.
    AxonServerConnection connection();

    /// A connection of a new client.
    default AxonServerConnection connect(String client) {
        return clients().connect(client);
    }

    /// A connection of a new client of a component, which is what Axon Server calls the instances of one application.
    default AxonServerConnection connect(String component, String client) {
        return clients().connect(component, client, context());
    }
}
