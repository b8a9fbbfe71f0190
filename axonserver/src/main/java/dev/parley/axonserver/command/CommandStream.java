package dev.parley.axonserver.command;

import dev.parley.axonserver.protocol.Instructions;
import dev.parley.axonserver.protocol.PermittedSender;
import io.axoniq.axonserver.grpc.InstructionAck;
import io.axoniq.axonserver.grpc.command.CommandProviderInbound;
import io.axoniq.axonserver.grpc.command.CommandProviderOutbound;
import io.axoniq.axonserver.grpc.command.CommandSubscription;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;

/// The stream of one client that handles commands: subscriptions, permits and answers come in, commands go out.
final class CommandStream implements StreamObserver<CommandProviderOutbound> {

    private final CommandRouter router;
    private final PermittedSender<CommandProviderInbound> sender;
    private final Consumer<CommandStream> ended;
    private volatile String clientId = "";

    /// To be made while the call starts.
    ///
    /// @param ended told once the stream is over
    CommandStream(
            CommandRouter router, ServerCallStreamObserver<CommandProviderInbound> out, Consumer<CommandStream> ended) {
        this.router = router;
        this.ended = ended;
        this.sender = new PermittedSender<>(out, router.limits().queuedPerClient());
        out.setOnReadyHandler(sender::ready);
        out.setOnCancelHandler(() -> end("The client is gone"));
    }

    PermittedSender<CommandProviderInbound> sender() {
        return sender;
    }

    String clientId() {
        return clientId;
    }

    @Override
    public void onNext(CommandProviderOutbound message) {
        boolean known = true;
        switch (message.getRequestCase()) {
            case SUBSCRIBE -> {
                CommandSubscription wanted = message.getSubscribe();
                clientId = wanted.getClientId();
                router.handlers().subscribe(wanted.getCommand(), clientId, wanted.getLoadFactor(), this);
            }
            case UNSUBSCRIBE ->
                router.handlers().unsubscribe(message.getUnsubscribe().getCommand(), this);
            case FLOW_CONTROL -> {
                clientId = message.getFlowControl().getClientId();
                sender.grant(message.getFlowControl().getPermits());
            }
            case COMMAND_RESPONSE -> router.answered(message.getCommandResponse());
            case ACK -> {}
            case REQUEST_NOT_SET -> known = false;
        }
        String instruction = message.getInstructionId();
        if (!instruction.isEmpty()) {
            InstructionAck ack = known
                    ? Instructions.done(instruction)
                    : Instructions.refused(instruction, "This node does not know the instruction");
            sender.control(CommandProviderInbound.newBuilder().setAck(ack).build());
        }
    }

    @Override
    public void onError(Throwable t) {
        end("The client is gone");
    }

    @Override
    public void onCompleted() {
        leave(sender::complete);
    }

    /// Ends the stream from this side. Any thread.
    void end(String why) {
        leave(() -> sender.fail(why));
    }

    /// No new command may come here before the queue is closed and its commands move on.
    private void leave(Supplier<List<CommandProviderInbound>> closing) {
        router.handlers().remove(this);
        router.lost(this, closing.get());
        ended.accept(this);
    }
}
