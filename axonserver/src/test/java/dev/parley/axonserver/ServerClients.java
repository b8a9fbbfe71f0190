package dev.parley.axonserver;

import io.axoniq.axonserver.connector.AxonServerConnection;
import io.axoniq.axonserver.connector.AxonServerConnectionFactory;
import io.axoniq.axonserver.connector.impl.ServerAddress;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.MetadataUtils;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/// ServerClients of one server. Each connection is a client of its own, whose id nobody else has.
final class ServerClients implements AutoCloseable {

    private static final AtomicInteger NUMBER = new AtomicInteger();

    private static final String RUN = Events.id();

    private final ServerUnderTest server;
    private final List<Runnable> before = new CopyOnWriteArrayList<>();
    private final List<AxonServerConnectionFactory> factories = new CopyOnWriteArrayList<>();
    private final List<ManagedChannel> channels = new CopyOnWriteArrayList<>();

    ServerClients(ServerUnderTest server) {
        this.server = server;
    }

    AxonServerConnection connect(String client) {
        return connect("contract", client, server.context());
    }

    AxonServerConnection connect(String component, String client, String context) {
        AxonServerConnectionFactory.Builder builder = AxonServerConnectionFactory.forClient(
                        component, client + "-" + NUMBER.incrementAndGet() + "-" + RUN)
                .routingServers(new ServerAddress(server.host(), server.port()))
                .commandPermits(64)
                .queryPermits(64)
                .processorInfoUpdateFrequency(100, TimeUnit.MILLISECONDS)
                .reconnectInterval(100, TimeUnit.MILLISECONDS)
                .connectTimeout(10, TimeUnit.SECONDS);
        if (!server.token().isEmpty()) {
            builder.token(server.token());
        }
        AxonServerConnectionFactory factory = builder.build();
        factories.add(factory);
        return factory.connect(context);
    }

    /// A bare connection, which can be cut off at any time.
    ManagedChannel channel(String context) {
        Metadata headers = new Metadata();
        headers.put(key("AxonIQ-Context"), context);
        if (!server.token().isEmpty()) {
            headers.put(key("AxonIQ-Access-Token"), server.token());
        }
        ManagedChannel channel = NettyChannelBuilder.forAddress(server.host(), server.port())
                .usePlaintext()
                .intercept(MetadataUtils.newAttachHeadersInterceptor(headers))
                .build();
        channels.add(channel);
        return channel;
    }

    /// Something to do before the connections are closed.
    void beforeClose(Runnable action) {
        before.add(action);
    }

    @Override
    public void close() {
        before.forEach(Runnable::run);
        channels.forEach(ManagedChannel::shutdownNow);
        factories.forEach(AxonServerConnectionFactory::shutdown);
    }

    private static Metadata.Key<String> key(String name) {
        return Metadata.Key.of(name, Metadata.ASCII_STRING_MARSHALLER);
    }
}
