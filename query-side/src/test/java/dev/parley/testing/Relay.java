package dev.parley.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// A TCP relay on loopback that can refuse and can fall silent.
public final class Relay {

    private static final int REFUSED = 0;
    private static final int SILENT = -1;

    private final ServerSocket server;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private volatile int target = REFUSED;

    private Relay(ServerSocket server) {
        this.server = server;
    }

    static Relay open() {
        try {
            Relay relay = new Relay(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()));
            Thread.ofVirtual().start(relay::accept);
            return relay;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public String uri() {
        return "http://127.0.0.1:" + server.getLocalPort();
    }

    boolean isForwarding() {
        return target > 0;
    }

    public void forwardTo(int port) {
        target = port;
        closeAll();
    }

    /// Closes every connection at once.
    public void refuse() {
        target = REFUSED;
        closeAll();
    }

    /// Takes connections and requests, and never answers.
    public void fallSilent() {
        target = SILENT;
        closeAll();
    }

    private void closeAll() {
        open.forEach(Relay::close);
        open.clear();
    }

    private void accept() {
        while (true) {
            try {
                Socket client = server.accept();
                open.add(client);
                switch (target) {
                    case REFUSED -> close(client);
                    case SILENT -> {}
                    default -> connect(client);
                }
            } catch (IOException closed) {
                if (server.isClosed()) {
                    return;
                }
            }
        }
    }

    private void connect(Socket client) {
        try {
            Socket upstream = new Socket(InetAddress.getLoopbackAddress(), target);
            open.add(upstream);
            Thread.ofVirtual().start(() -> pump(client, upstream));
            Thread.ofVirtual().start(() -> pump(upstream, client));
        } catch (IOException refused) {
            close(client);
        }
    }

    private static void pump(Socket from, Socket to) {
        try {
            from.getInputStream().transferTo(to.getOutputStream());
        } catch (IOException closed) {
            // Both ends go below.
        }
        close(from);
        close(to);
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException ignored) {
            // It is gone.
        }
    }
}
