package dev.parley.notifications.testing;

import com.eatthepath.pushy.apns.server.MockApnsServer;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.TimeUnit;

/// A [MockApnsServer] that listens on loopback only: its own `start` listens on every interface, so its Netty
/// bootstrap,
/// which it keeps to itself, is bound here.
record LoopbackServer(MockApnsServer server, Channel listening) implements AutoCloseable {

    /// @param port 0 for a free one
    static LoopbackServer start(MockApnsServer server, int port) throws IOException {
        try {
            var field = MockApnsServer.class.getSuperclass().getDeclaredField("bootstrap");
            field.setAccessible(true);
            var bootstrap = (ServerBootstrap) field.get(server);
            var bound = bootstrap.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            if (!bound.awaitUninterruptibly(10, TimeUnit.SECONDS) || !bound.isSuccess()) {
                throw new IOException("Port " + port + " cannot be listened on", bound.cause());
            }
            return new LoopbackServer(server, bound.channel());
        } catch (ReflectiveOperationException e) {
            throw new IOException("This version of pushy keeps its bootstrap elsewhere", e);
        }
    }

    int port() {
        return ((InetSocketAddress) listening.localAddress()).getPort();
    }

    @Override
    public void close() {
        listening.close().awaitUninterruptibly(10, TimeUnit.SECONDS);
        // Closes the connections now; the threads end by themselves after Netty's quiet period of two seconds.
        var _ = server.shutdown();
    }
}
