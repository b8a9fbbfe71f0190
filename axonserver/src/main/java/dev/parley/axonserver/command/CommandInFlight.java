package dev.parley.axonserver.command;

import dev.parley.axonserver.protocol.ErrorCode;
import dev.parley.axonserver.protocol.Replies;
import io.axoniq.axonserver.grpc.command.Command;
import io.axoniq.axonserver.grpc.command.CommandProviderInbound;
import io.axoniq.axonserver.grpc.command.CommandResponse;
import io.grpc.stub.ServerCallStreamObserver;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/// A command between the one who sent it and the one who handles it. It is answered exactly once.
final class CommandInFlight {

    private final Command command;
    private final CommandProviderInbound message;
    private final ServerCallStreamObserver<CommandResponse> reply;
    private final long deadline;
    private final AtomicBoolean answered = new AtomicBoolean();
    private volatile @Nullable CommandStream handler;

    /// @param deadline as in [System#nanoTime()]
    CommandInFlight(Command command, ServerCallStreamObserver<CommandResponse> reply, long deadline) {
        this.command = command;
        this.message = CommandProviderInbound.newBuilder().setCommand(command).build();
        this.reply = reply;
        this.deadline = deadline;
    }

    Command command() {
        return command;
    }

    String id() {
        return command.getMessageIdentifier();
    }

    CommandProviderInbound message() {
        return message;
    }

    boolean isHandledBy(CommandStream stream) {
        return handler == stream;
    }

    void assign(CommandStream stream) {
        handler = stream;
    }

    /// Takes it back from its handler's queue, if it is still there.
    void withdraw() {
        CommandStream stream = handler;
        if (stream != null) {
            stream.sender().withdraw(message);
        }
    }

    boolean isOverdue(long now) {
        return deadline - now <= 0;
    }

    void answer(CommandResponse response) {
        if (answered.compareAndSet(false, true)) {
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
}
