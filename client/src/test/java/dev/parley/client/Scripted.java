package dev.parley.client;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/// A server that says what the test says, and a client of it.
abstract class Scripted {

    static final UUID TEA = new UUID(7, 1);
    static final UUID CAKE = new UUID(7, 2);

    final Notes notes = new Notes();
    final ClientTransport transport = new ClientTransport();
    ScriptedServer server;
    ParleyClient client;

    @BeforeEach
    void listen() throws IOException {
        server = new ScriptedServer();
    }

    @AfterEach
    void close() {
        if (client != null) {
            client.close();
        }
        transport.close();
        server.close();
    }

    ClientOptions options() {
        return ClientOptions.of(server.uri(), "phone", "t0k3n").from(40);
    }

    void connect() {
        connect(options());
    }

    void connect(ClientOptions options) {
        client = ParleyClient.connect(transport, options, notes);
    }

    /// Connects from position 40, is welcomed and caught up.
    Peer connected() {
        connect();
        return welcomed();
    }

    Peer welcomed() {
        Peer peer = server.next();
        peer.welcome();
        peer.say("{'type':'caught_up','position':40}");
        return peer;
    }

    void awaitNote(String line) {
        await().until(() -> notes.lines().contains(line));
    }
}
