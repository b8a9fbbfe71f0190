package dev.parley.client;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.util.Queue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/// A WebSocket server (RFC 6455) on loopback whose every word a test says: it takes connections, and a [Peer] is the
/// server's end of one.
final class ScriptedServer implements AutoCloseable {

    private final ServerSocket listening;
    private final BlockingQueue<Peer> arrived = new LinkedBlockingQueue<>();
    private final Queue<Peer> all = new ConcurrentLinkedQueue<>();

    ScriptedServer() throws IOException {
        this(0);
    }

    /// @param port 0 for any that is free
    ScriptedServer(int port) throws IOException {
        listening = new ServerSocket(port, 50, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().start(this::accept);
    }

    URI uri() {
        return URI.create("ws://127.0.0.1:" + listening.getLocalPort() + "/ws");
    }

    private void accept() {
        while (!listening.isClosed()) {
            try {
                Peer peer = Peer.shakeHands(listening.accept());
                all.add(peer);
                arrived.add(peer);
            } catch (IOException closed) {
                return;
            }
        }
    }

    /// The next connection.
    Peer next() {
        try {
            Peer peer = arrived.poll(20, TimeUnit.SECONDS);
            if (peer == null) {
                throw new AssertionError("Nobody connected");
            }
            return peer;
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /// Connections that were made and not yet taken by [#next()].
    int waiting() {
        return arrived.size();
    }

    @Override
    public void close() {
        try {
            listening.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        all.forEach(Peer::cut);
    }
}
