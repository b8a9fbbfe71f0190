package dev.parley.axonserver;

import static dev.parley.axonserver.Events.get;
import static dev.parley.axonserver.Events.id;
import static dev.parley.axonserver.Messages.answer;
import static dev.parley.axonserver.Messages.await;
import static dev.parley.axonserver.Messages.command;
import static org.assertj.core.api.Assertions.assertThat;

import io.axoniq.axonserver.connector.AxonServerConnection;
import io.axoniq.axonserver.grpc.FlowControl;
import io.axoniq.axonserver.grpc.ProcessingKey;
import io.axoniq.axonserver.grpc.command.Command;
import io.axoniq.axonserver.grpc.command.CommandProviderInbound;
import io.axoniq.axonserver.grpc.command.CommandProviderOutbound;
import io.axoniq.axonserver.grpc.command.CommandServiceGrpc;
import io.axoniq.axonserver.grpc.command.CommandSubscription;
import io.grpc.stub.StreamObserver;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/// Who goes first when a handler has no permits left, at any Axon Server.
interface PriorityContract extends Contract {

    /// A handler that answers nothing and keeps what it gets.
    record Keeping(CompletableFuture<CommandProviderInbound> acknowledged, BlockingQueue<Command> commands)
            implements StreamObserver<CommandProviderInbound> {

        Keeping() {
            this(new CompletableFuture<>(), new LinkedBlockingQueue<>());
        }

        @Override
        public void onNext(CommandProviderInbound message) {
            if (message.hasCommand()) {
                commands.add(message.getCommand());
            } else {
                acknowledged.complete(message);
            }
        }

        @Override
        public void onError(Throwable t) {}

        @Override
        public void onCompleted() {}

        Command next() throws InterruptedException {
            Command next = commands.poll(10, TimeUnit.SECONDS);
            assertThat(next).isNotNull();
            return next;
        }
    }

    /// Comes back when the server has routed what was sent on the connection before.
    private void settle(AxonServerConnection sender) throws Exception {
        String name = id();
        await(connect("quick").commandChannel().registerCommandHandler(c -> answer("done"), 100, name));
        for (int i = 0; i < 20; i++) {
            get(sender.commandChannel().sendCommand(command(name, "k")));
        }
    }

    @Test
    default void urgentCommandOvertakes() throws Exception {
        String name = id();
        String client = "keeping-" + id();
        Keeping handler = new Keeping();
        var stream = CommandServiceGrpc.newStub(clients().channel(context())).openStream(handler);
        stream.onNext(CommandProviderOutbound.newBuilder()
                .setInstructionId("1")
                .setSubscribe(CommandSubscription.newBuilder()
                        .setMessageId("1")
                        .setCommand(name)
                        .setComponentName("contract")
                        .setClientId(client))
                .build());
        get(handler.acknowledged());
        AxonServerConnection sender = connect("sender");
        Command usual = command(name, "k");
        Command lazy = command(name, "k", ProcessingKey.PRIORITY, -5);
        Command urgent = command(name, "k", ProcessingKey.PRIORITY, 5);
        Command mostUrgent = command(name, "k", ProcessingKey.PRIORITY, 50);
        List.of(usual, lazy, urgent, mostUrgent).forEach(sender.commandChannel()::sendCommand);
        settle(sender);
        stream.onNext(CommandProviderOutbound.newBuilder()
                .setFlowControl(FlowControl.newBuilder().setClientId(client).setPermits(10))
                .build());
        for (Command next : List.of(mostUrgent, urgent, usual, lazy)) {
            assertThat(handler.next().getMessageIdentifier()).isEqualTo(next.getMessageIdentifier());
        }
    }
}
