package dev.parley.axonserver.command;

import dev.parley.axonserver.protocol.ErrorCode;
import dev.parley.axonserver.protocol.Instructions;
import dev.parley.axonserver.protocol.Offer;
import dev.parley.axonserver.protocol.Replies;
import dev.parley.axonserver.protocol.Work;
import io.axoniq.axonserver.grpc.ProcessingKey;
import io.axoniq.axonserver.grpc.command.Command;
import io.axoniq.axonserver.grpc.command.CommandProviderInbound;
import io.axoniq.axonserver.grpc.command.CommandResponse;
import io.grpc.stub.ServerCallStreamObserver;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/// A command between the one who sent it and the one who handles it. It is answered exactly once.
final class CommandInFlight extends Work<CommandProviderInbound> {

    private final CommandRouter router;
    private final ServerCallStreamObserver<CommandResponse> reply;
    private final long start;
    private final long deadline;
    private final AtomicBoolean ended = new AtomicBoolean();
    private volatile @Nullable CommandStream handler;

    /// @param start as in [System#nanoTime()]
    /// @param timeout how many nanoseconds it may take
    CommandInFlight(
            CommandRouter router,
            Command command,
            ServerCallStreamObserver<CommandResponse> reply,
            long start,
            long timeout) {
        super(
                CommandProviderInbound.newBuilder().setCommand(command).build(),
                null,
                Instructions.number(command.getProcessingInstructionsList(), ProcessingKey.PRIORITY, 0));
        this.router = router;
        this.reply = reply;
        this.start = start;
        this.deadline = start + timeout;
    }

    Command command() {
        return message().getCommand();
    }

    String id() {
        return command().getMessageIdentifier();
    }

    long start() {
        return start;
    }

    boolean isOverdue(long now) {
        return deadline - now <= 0;
    }

    boolean isHandledBy(CommandStream stream) {
        return stream.equals(handler);
    }

    /// Hands it to a handler. If it has ended meanwhile it is taken back.
    Offer offerTo(CommandStream stream) {
        handler = stream;
        Offer offer = stream.offer(this);
        if (offer == Offer.TAKEN && ended.get()) {
            stream.withdraw(this);
        }
        return offer;
    }

    void answer(CommandResponse response) {
        if (ended.compareAndSet(false, true)) {
            release();
            Replies.one(reply, response);
        }
    }

    void fail(ErrorCode code, String why) {
        answer(CommandResponse.newBuilder()
                .setMessageIdentifier(UUID.randomUUID().toString())
                .setRequestIdentifier(id())
                .setErrorCode(code.code())
                .setErrorMessage(code.message(why))
                .build());
    }

    /// Nobody waits for the answer any more.
    void cancel() {
        if (ended.compareAndSet(false, true)) {
            release();
        }
    }

    @Override
    protected void returned() {
        router.route(this);
    }

    @Override
    protected void lost() {
        CommandStream stream = handler;
        router.fail(
                this,
                ErrorCode.COMMAND_HANDLER_LOST,
                "Connection lost while executing command on: " + (stream == null ? "" : stream.clientId()));
    }

    /// The handler is not to get it if it has not, and owes no answer.
    private void release() {
        CommandStream stream = handler;
        if (stream != null) {
            stream.withdraw(this);
        }
    }
}
