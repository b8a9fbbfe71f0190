package dev.parley.axonserver;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/// A TCP proxy before a server, which cuts connections, refuses new ones, or swallows what goes in one direction while
/// the connections stay open.
final class CuttableProxy implements AutoCloseable {

    private record Link(Socket client, Socket server) {
        /// With a reset, so that neither side thinks the other had ended in order.
        void reset() {
            for (Socket socket : new Socket[] {client, server}) {
                try {
                    socket.setSoLinger(true, 0);
                } catch (IOException e) {
                    // Closed already.
                }
                try {
                    socket.close();
                } catch (IOException e) {
                    // Closed already.
                }
            }
        }
    }

    private final ServerSocket listening;
    private final int target;
    private final Set<Link> links = ConcurrentHashMap.newKeySet();
    private final Set<Socket> stalled = ConcurrentHashMap.newKeySet();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition flowing = lock.newCondition();
    private volatile boolean refusing;

    /// @param target a port on 127.0.0.1
    CuttableProxy(int target) {
        this.target = target;
        try {
            listening = new ServerSocket(0, 64, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread.ofVirtual().name("proxy").start(this::accept);
    }

    int port() {
        return listening.getLocalPort();
    }

    int connections() {
        return links.size();
    }

    /// Resets all connections.
    void cut() {
        for (Link link : links) {
            link.reset();
            links.remove(link);
        }
        flow();
    }

    /// Resets the connections that were stalled.
    void cutStalled() {
        for (Link link : links) {
            if (stalled.contains(link.client()) || stalled.contains(link.server())) {
                link.reset();
                links.remove(link);
            }
        }
    }

    /// Resets all connections, and new ones as soon as they are made.
    void refuse() {
        refusing = true;
        cut();
    }

    /// Takes connections again.
    void restore() {
        refusing = false;
    }

    /// From now on nothing that the clients send on the connections of this moment arrives. Later connections work.
    void stallToServer() {
        links.forEach(link -> stalled.add(link.client()));
    }

    /// Likewise for what the server sends.
    void stallToClient() {
        links.forEach(link -> stalled.add(link.server()));
    }

    @Override
    public void close() {
        try {
            listening.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        refuse();
    }

    private void accept() {
        while (!listening.isClosed()) {
            try {
                Socket client = listening.accept();
                Link link = new Link(client, new Socket(InetAddress.getLoopbackAddress(), target));
                links.add(link);
                Thread.ofVirtual().start(() -> pump(link, link.client(), link.server()));
                Thread.ofVirtual().start(() -> pump(link, link.server(), link.client()));
                if (refusing) {
                    cut();
                }
            } catch (IOException e) {
                // It was closed, or the server is away: a client sees a connection that ends.
            }
        }
    }

    private void pump(Link link, Socket from, Socket to) {
        byte[] buffer = new byte[16 * 1024];
        try {
            from.setTcpNoDelay(true);
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                awaitFlow(from);
                out.write(buffer, 0, read);
            }
        } catch (IOException e) {
            // One of the two has ended.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        link.reset();
        links.remove(link);
        stalled.remove(from);
    }

    private void awaitFlow(Socket from) throws InterruptedException {
        lock.lock();
        try {
            while (stalled.contains(from)) {
                flowing.await();
            }
        } finally {
            lock.unlock();
        }
    }

    private void flow() {
        lock.lock();
        try {
            stalled.clear();
            flowing.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
