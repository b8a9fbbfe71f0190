package dev.parley.axonserver.command;

import dev.parley.axonserver.protocol.Replies;
import io.axoniq.axonserver.grpc.command.Command;
import io.axoniq.axonserver.grpc.command.CommandProviderInbound;
import io.axoniq.axonserver.grpc.command.CommandProviderOutbound;
import io.axoniq.axonserver.grpc.command.CommandResponse;
import io.axoniq.axonserver.grpc.command.CommandServiceGrpc;
import io.grpc.stub.StreamObserver;

/// The service `CommandService` of `command.proto`.
public final class CommandService extends CommandServiceGrpc.CommandServiceImplBase {

    private final CommandRouter router;

    public CommandService(CommandRouter router) {
        this.router = router;
    }

    @Override
    public StreamObserver<CommandProviderOutbound> openStream(StreamObserver<CommandProviderInbound> reply) {
        return router.handlers().opened(new CommandStream(router, Replies.tolerant(reply)));
    }

    @Override
    public void dispatch(Command command, StreamObserver<CommandResponse> reply) {
        router.dispatch(command, Replies.tolerant(reply));
    }

    /// Ends the streams of a client that is taken for dead.
    public void drop(String clientId) {
        router.handlers().drop(clientId);
    }

    /// Ends all streams.
    public void close() {
        router.handlers().close();
    }
}
