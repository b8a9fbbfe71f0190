package dev.parley.axonserver.platform;

import dev.parley.axonserver.protocol.Meters;
import dev.parley.axonserver.protocol.Replies;
import io.axoniq.axonserver.grpc.control.ClientIdentification;
import io.axoniq.axonserver.grpc.control.NodeInfo;
import io.axoniq.axonserver.grpc.control.PlatformInboundInstruction;
import io.axoniq.axonserver.grpc.control.PlatformInfo;
import io.axoniq.axonserver.grpc.control.PlatformOutboundInstruction;
import io.axoniq.axonserver.grpc.control.PlatformServiceGrpc;
import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The service `PlatformService` of `control.proto`. Clients are told to stay on the connection they asked on.
public final class PlatformService extends PlatformServiceGrpc.PlatformServiceImplBase {

    private static final Logger LOG = LoggerFactory.getLogger(PlatformService.class);

    private final String name;
    private final String context;
    private final HeartbeatProperties heartbeats;
    private final ProcessorControl control;
    private final Consumer<String> dead;
    private final Set<PlatformStream> streams = ConcurrentHashMap.newKeySet();
    private volatile NodeInfo self = NodeInfo.getDefaultInstance();
    private volatile boolean closing;

    /// @param name of this node, as clients log it
    /// @param dead told the id of a client that no longer answers
    public PlatformService(String name, HeartbeatProperties heartbeats, Consumer<String> dead, Meters meters) {
        this.name = name;
        this.heartbeats = heartbeats;
        this.dead = dead;
        context = meters.context();
        control = new ProcessorControl(streams, heartbeats.instructionTimeout());
        meters.gauge("clients", "Connected clients", streams, Set::size);
    }

    /// Where this node listens; to be called once it does.
    ///
    /// @param httpPort 0 if it has no HTTP side
    public void listensOn(String host, int port, int httpPort) {
        self = NodeInfo.newBuilder()
                .setNodeName(name)
                .setHostName(host)
                .setGrpcPort(port)
                .setHttpPort(httpPort)
                .build();
    }

    /// Steers the event processors of the clients that are connected.
    public ProcessorControl processors() {
        return control;
    }

    @Override
    public void getPlatformServer(ClientIdentification client, StreamObserver<PlatformInfo> reply) {
        if (closing) {
            reply.onError(Status.UNAVAILABLE
                    .withDescription("The node is shutting down")
                    .asRuntimeException());
            return;
        }
        Replies.one(
                reply,
                PlatformInfo.newBuilder()
                        .setPrimary(self)
                        .setSameConnection(true)
                        .build());
    }

    @Override
    public StreamObserver<PlatformInboundInstruction> openStream(StreamObserver<PlatformOutboundInstruction> reply) {
        PlatformStream stream = new PlatformStream(Replies.tolerant(reply), streams::remove);
        streams.add(stream);
        return stream;
    }

    /// Who is connected now.
    public List<ConnectedClient> clients() {
        return streams.stream()
                .map(stream -> new ConnectedClient(
                        context,
                        stream.client().getClientId(),
                        stream.client().getComponentName(),
                        stream.client().getVersion(),
                        stream.processors()))
                .filter(client -> !client.clientId().isEmpty())
                .toList();
    }

    /// Asks every client for a sign of life and lets go of those that stopped giving any. A client that has come back
    /// on another connection only loses the silent one. To be called every
    /// [HeartbeatProperties#interval()].
    public void beat() {
        long timeout = heartbeats.timeout().toNanos();
        for (PlatformStream stream : streams) {
            if (stream.isSilentFor(timeout)) {
                String clientId = stream.client().getClientId();
                LOG.atWarn().addKeyValue("client", clientId).log("A client does not answer heartbeats");
                stream.end("No answer to heartbeats");
                if (clients().stream().noneMatch(client -> client.clientId().equals(clientId))) {
                    dead.accept(clientId);
                }
            } else {
                stream.askForHeartbeat();
            }
        }
    }

    /// Asks all clients to go; new ones are turned away.
    public void leave() {
        closing = true;
        streams.forEach(PlatformStream::askToReconnect);
    }

    /// Ends all streams.
    public void close() {
        streams.forEach(stream -> stream.end("The node is shutting down"));
    }
}
