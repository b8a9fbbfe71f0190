package dev.parley.axonserver.command;

import dev.parley.axonserver.protocol.Replies;
import io.axoniq.axonserver.grpc.command.Command;
import io.axoniq.axonserver.grpc.command.CommandProviderInbound;
import io.axoniq.axonserver.grpc.command.CommandProviderOutbound;
import io.axoniq.axonserver.grpc.command.CommandResponse;
import io.axoniq.axonserver.grpc.command.CommandServiceGrpc;
import io.grpc.stub.StreamObserver;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// The service `CommandService` of `command.proto`.
public final class CommandService extends CommandServiceGrpc.CommandServiceImplBase {

    private final CommandRouter router;
    private final Set<CommandStream> streams = ConcurrentHashMap.newKeySet();

    public CommandService(CommandRouter router) {
        this.router = router;
    }

    @Override
    public StreamObserver<CommandProviderOutbound> openStream(StreamObserver<CommandProviderInbound> reply) {
        CommandStream stream = new CommandStream(router, Replies.tolerant(reply), streams::remove);
        streams.add(stream);
        return stream;
    }

    @Override
    public void dispatch(Command command, StreamObserver<CommandResponse> reply) {
        router.dispatch(command, Replies.tolerant(reply));
    }

    /// Ends the streams of a client that is taken for dead.
    public void drop(String clientId) {
        streams.stream()
                .filter(stream -> stream.clientId().equals(clientId))
                .forEach(stream -> stream.end("The client did not answer heartbeats"));
    }

    /// Ends all streams.
    public void close() {
        streams.forEach(stream -> stream.end("The node is shutting down"));
    }
}
