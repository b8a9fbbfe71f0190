package dev.parley.axonserver.command;

import dev.parley.axonserver.protocol.ErrorCode;
import dev.parley.axonserver.protocol.HandlerStream;
import io.axoniq.axonserver.grpc.ErrorMessage;
import io.axoniq.axonserver.grpc.InstructionAck;
import io.axoniq.axonserver.grpc.command.CommandProviderInbound;
import io.axoniq.axonserver.grpc.command.CommandProviderOutbound;
import io.axoniq.axonserver.grpc.command.CommandSubscription;
import io.grpc.stub.ServerCallStreamObserver;
import org.jspecify.annotations.Nullable;

/// The stream of one client that handles commands.
final class CommandStream extends HandlerStream<CommandProviderOutbound, CommandProviderInbound> {

    private final CommandRouter router;

    CommandStream(CommandRouter router, ServerCallStreamObserver<CommandProviderInbound> out) {
        super(out, router.handlers());
        this.router = router;
    }

    @Override
    protected @Nullable ErrorMessage take(CommandProviderOutbound message) {
        switch (message.getRequestCase()) {
            case COMMAND_RESPONSE -> router.answered(this, message.getCommandResponse());
            case FLOW_CONTROL -> grant(message.getFlowControl());
            case SUBSCRIBE -> {
                return subscribe(message.getSubscribe());
            }
            case UNSUBSCRIBE -> {
                String name = message.getUnsubscribe().getCommand();
                unsubscribe(name, work -> work.message().getCommand().getName().equals(name));
            }
            case ACK -> {}
            case REQUEST_NOT_SET -> {
                return ErrorCode.UNSUPPORTED_INSTRUCTION.message("This node does not know the instruction");
            }
        }
        return null;
    }

    @Override
    protected String instructionOf(CommandProviderOutbound message) {
        return message.getInstructionId();
    }

    @Override
    protected CommandProviderInbound acknowledgement(InstructionAck ack) {
        return CommandProviderInbound.newBuilder().setAck(ack).build();
    }

    private @Nullable ErrorMessage subscribe(CommandSubscription wanted) {
        identify(wanted.getClientId());
        String refusal = router.handlers().subscribe(this, wanted.getCommand(), wanted.getLoadFactor());
        return refusal == null ? null : ErrorCode.INSTRUCTION_REFUSED.message(refusal);
    }
}
