package dev.parley.axonserver;

import static dev.parley.axonserver.Events.get;
import static dev.parley.axonserver.Events.id;
import static dev.parley.axonserver.Messages.answer;
import static dev.parley.axonserver.Messages.await;
import static dev.parley.axonserver.Messages.command;
import static dev.parley.axonserver.Messages.query;
import static org.assertj.core.api.Assertions.assertThat;

import io.axoniq.axonserver.connector.AxonServerConnection;
import io.axoniq.axonserver.grpc.FlowControl;
import io.axoniq.axonserver.grpc.ProcessingKey;
import io.axoniq.axonserver.grpc.command.Command;
import io.axoniq.axonserver.grpc.command.CommandProviderInbound;
import io.axoniq.axonserver.grpc.command.CommandProviderOutbound;
import io.axoniq.axonserver.grpc.command.CommandServiceGrpc;
import io.axoniq.axonserver.grpc.command.CommandSubscription;
import io.axoniq.axonserver.grpc.query.QueryProviderInbound;
import io.axoniq.axonserver.grpc.query.QueryProviderOutbound;
import io.axoniq.axonserver.grpc.query.QueryRequest;
import io.axoniq.axonserver.grpc.query.QueryServiceGrpc;
import io.axoniq.axonserver.grpc.query.QuerySubscription;
import io.grpc.stub.StreamObserver;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

/// Who goes first when a handler has no permits left, at any Axon Server.
interface PriorityContract extends Contract {

    /// A handler that answers nothing and keeps what it gets.
    ///
    /// @param isWork tells work from acknowledgements and flow control
    record Keeping<T>(Predicate<T> isWork, CompletableFuture<T> acknowledged, BlockingQueue<T> work)
            implements StreamObserver<T> {

        Keeping(Predicate<T> isWork) {
            this(isWork, new CompletableFuture<>(), new LinkedBlockingQueue<>());
        }

        @Override
        public void onNext(T message) {
            if (isWork.test(message)) {
                work.add(message);
            } else {
                acknowledged.complete(message);
            }
        }

        @Override
        public void onError(Throwable t) {}

        @Override
        public void onCompleted() {}

        T next() throws InterruptedException {
            T next = work.poll(10, TimeUnit.SECONDS);
            assertThat(next).isNotNull();
            return next;
        }

        List<T> next(int count) throws InterruptedException {
            List<T> taken = new ArrayList<>();
            while (taken.size() < count) {
                taken.add(next());
            }
            return taken;
        }
    }

    private static FlowControl permits(String client, int permits) {
        return FlowControl.newBuilder().setClientId(client).setPermits(permits).build();
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
        Keeping<CommandProviderInbound> handler = new Keeping<>(CommandProviderInbound::hasCommand);
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
        List<Command> commands = List.of(
                command(name, "k"),
                command(name, "k", ProcessingKey.PRIORITY, -5),
                command(name, "k", ProcessingKey.PRIORITY, 5),
                command(name, "k", ProcessingKey.PRIORITY, 50));
        commands.forEach(command -> sender.commandChannel().sendCommand(command));
        settle(sender);
        stream.onNext(CommandProviderOutbound.newBuilder()
                .setFlowControl(permits(client, 10))
                .build());
        assertThat(handler.next(4))
                .extracting(received -> received.getCommand().getMessageIdentifier())
                .containsExactly(
                        commands.get(3).getMessageIdentifier(),
                        commands.get(2).getMessageIdentifier(),
                        commands.get(0).getMessageIdentifier(),
                        commands.get(1).getMessageIdentifier());
    }

    @Test
    default void urgentQueryOvertakes() throws Exception {
        String name = id();
        String client = "keeping-" + id();
        Keeping<QueryProviderInbound> handler = new Keeping<>(QueryProviderInbound::hasQuery);
        var stream = QueryServiceGrpc.newStub(clients().channel(context())).openStream(handler);
        stream.onNext(QueryProviderOutbound.newBuilder()
                .setInstructionId("1")
                .setSubscribe(QuerySubscription.newBuilder()
                        .setMessageId("1")
                        .setQuery(name)
                        .setResultName("text")
                        .setComponentName("contract")
                        .setClientId(client))
                .build());
        get(handler.acknowledged());
        AxonServerConnection sender = connect("sender");
        QueryRequest usual = query(name, 1);
        QueryRequest urgent = query(name, ProcessingKey.PRIORITY, 5);
        sender.queryChannel().query(usual);
        sender.queryChannel().query(urgent);
        settle(sender);
        stream.onNext(QueryProviderOutbound.newBuilder()
                .setFlowControl(permits(client, 10))
                .build());
        assertThat(handler.next(2))
                .extracting(received -> received.getQuery().getMessageIdentifier())
                .containsExactly(urgent.getMessageIdentifier(), usual.getMessageIdentifier());
    }
}
