package dev.parley.notifications.testing;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/// A TCP line on loopback that can go silent, as that of a phone that drives into a tunnel: nothing passes any more in
/// either direction, and no end is told of the other's closing. New connections are taken and are as silent. It can be
/// cut, too, and mended. Thread-safe.
public final class SilentLine implements AutoCloseable {

    private static final int BUFFER = 16 * 1024;

    private final ServerSocket listening;
    private final int target;
    private final List<Socket> sockets = new CopyOnWriteArrayList<>();
    private volatile boolean silent;

    /// @param target port on loopback
    public SilentLine(int target) throws IOException {
        this.target = target;
        this.listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().name("silent-line").start(this::accept);
    }

    /// On loopback.
    public int port() {
        return listening.getLocalPort();
    }

    public void fallSilent() {
        silent = true;
    }

    /// New connections pass again; those that were silent are cut.
    public void mend() {
        silent = false;
        cut();
    }

    /// Every connection is lost at once.
    public void cut() {
        List<Socket> lost = List.copyOf(sockets);
        lost.forEach(SilentLine::close);
        sockets.removeAll(lost);
    }

    private void accept() {
        try {
            while (true) {
                Socket client = listening.accept();
                sockets.add(client);
                if (silent) {
                    continue;
                }
                Socket server = new Socket();
                server.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), target));
                sockets.add(server);
                client.setTcpNoDelay(true);
                server.setTcpNoDelay(true);
                Thread.ofVirtual().start(() -> carry(client, server));
                Thread.ofVirtual().start(() -> carry(server, client));
            }
        } catch (IOException closed) {
            // The line is taken down.
        }
    }

    private void carry(Socket from, Socket to) {
        byte[] buffer = new byte[BUFFER];
        try {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                if (!silent) {
                    out.write(buffer, 0, n);
                }
            }
            if (!silent) {
                to.shutdownOutput();
            }
        } catch (IOException lost) {
            if (!silent) {
                close(to);
            }
        }
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException alreadyLost) {
            // What was to be done is done.
        }
    }

    @Override
    public void close() throws IOException {
        listening.close();
        sockets.forEach(SilentLine::close);
    }
}
