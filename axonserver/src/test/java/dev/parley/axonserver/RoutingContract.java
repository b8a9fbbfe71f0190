package dev.parley.axonserver;

import static dev.parley.axonserver.Events.get;
import static dev.parley.axonserver.Events.id;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import io.axoniq.axonserver.connector.AxonServerConnection;
import io.axoniq.axonserver.connector.Registration;
import io.axoniq.axonserver.connector.ReplyChannel;
import io.axoniq.axonserver.connector.ResultStream;
import io.axoniq.axonserver.connector.query.QueryDefinition;
import io.axoniq.axonserver.connector.query.QueryHandler;
import io.axoniq.axonserver.connector.query.SubscriptionQueryResult;
import io.axoniq.axonserver.grpc.FlowControl;
import io.axoniq.axonserver.grpc.MetaDataValue;
import io.axoniq.axonserver.grpc.ProcessingInstruction;
import io.axoniq.axonserver.grpc.ProcessingKey;
import io.axoniq.axonserver.grpc.SerializedObject;
import io.axoniq.axonserver.grpc.command.Command;
import io.axoniq.axonserver.grpc.command.CommandProviderInbound;
import io.axoniq.axonserver.grpc.command.CommandProviderOutbound;
import io.axoniq.axonserver.grpc.command.CommandResponse;
import io.axoniq.axonserver.grpc.command.CommandServiceGrpc;
import io.axoniq.axonserver.grpc.command.CommandSubscription;
import io.axoniq.axonserver.grpc.query.QueryProviderInbound;
import io.axoniq.axonserver.grpc.query.QueryProviderOutbound;
import io.axoniq.axonserver.grpc.query.QueryRequest;
import io.axoniq.axonserver.grpc.query.QueryResponse;
import io.axoniq.axonserver.grpc.query.QueryServiceGrpc;
import io.axoniq.axonserver.grpc.query.QuerySubscription;
import io.axoniq.axonserver.grpc.query.QueryUpdate;
import io.axoniq.axonserver.grpc.query.SubscriptionQuery;
import io.grpc.ManagedChannel;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/// What applications rely on when they send commands and queries, at any Axon Server.
interface RoutingContract {

    /// A connection of a new client.
    AxonServerConnection connect(String client);

    /// A bare connection, which can be cut off at any time.
    ManagedChannel channel();

    static Command command(String name, String routingKey) {
        return Command.newBuilder()
                .setMessageIdentifier(id())
                .setName(name)
                .addProcessingInstructions(ProcessingInstruction.newBuilder()
                        .setKey(ProcessingKey.ROUTING_KEY)
                        .setValue(MetaDataValue.newBuilder().setTextValue(routingKey)))
                .build();
    }

    static QueryRequest query(String name, long results) {
        return QueryRequest.newBuilder()
                .setMessageIdentifier(id())
                .setQuery(name)
                .addProcessingInstructions(ProcessingInstruction.newBuilder()
                        .setKey(ProcessingKey.NR_OF_RESULTS)
                        .setValue(MetaDataValue.newBuilder().setNumberValue(results)))
                .build();
    }

    private static CompletableFuture<CommandResponse> answer(String by) {
        return CompletableFuture.completedFuture(CommandResponse.newBuilder()
                .setMessageIdentifier(id())
                .setPayload(text(by))
                .build());
    }

    private static SerializedObject text(String text) {
        return SerializedObject.newBuilder()
                .setType("text")
                .setData(ByteString.copyFromUtf8(text))
                .build();
    }

    private static String text(SerializedObject payload) {
        return payload.getData().toStringUtf8();
    }

    private static QueryResponse result(String text) {
        return QueryResponse.newBuilder()
                .setMessageIdentifier(id())
                .setPayload(text(text))
                .build();
    }

    private static void await(Registration registration) throws Exception {
        registration.awaitAck(10, TimeUnit.SECONDS);
    }

    private static List<QueryResponse> all(ResultStream<QueryResponse> results) {
        List<QueryResponse> all = new ArrayList<>();
        Awaitility.await().until(() -> {
            QueryResponse next = results.nextIfAvailable();
            while (next != null) {
                all.add(next);
                next = results.nextIfAvailable();
            }
            return results.isClosed();
        });
        return all;
    }

    @Test
    default void commandReachesItsHandlerAsSoonAsThatIsAcknowledged() throws Exception {
        String name = id();
        await(connect("handler").commandChannel().registerCommandHandler(c -> answer("done"), 100, name));
        CommandResponse response = get(connect("sender").commandChannel().sendCommand(command(name, "k")));
        assertThat(response.getErrorCode()).isEmpty();
        assertThat(text(response.getPayload())).isEqualTo("done");
    }

    @Test
    default void commandWithoutHandlerIsAnsweredSo() {
        CommandResponse response = get(connect("sender").commandChannel().sendCommand(command(id(), "k")));
        assertThat(response.getErrorCode()).isEqualTo("AXONIQ-4000");
    }

    @Test
    default void unsubscribedHandlerGetsNoCommands() throws Exception {
        String name = id();
        Registration registration =
                connect("handler").commandChannel().registerCommandHandler(c -> answer("done"), 100, name);
        await(registration);
        get(registration.cancel());
        CommandResponse response = get(connect("sender").commandChannel().sendCommand(command(name, "k")));
        assertThat(response.getErrorCode()).isEqualTo("AXONIQ-4000");
    }

    @Test
    default void sameRoutingKeyLeadsToTheSameHandler() throws Exception {
        String name = id();
        for (String handler : List.of("one", "two", "three")) {
            await(connect(handler).commandChannel().registerCommandHandler(c -> answer(handler), 100, name));
        }
        AxonServerConnection sender = connect("sender");
        Map<String, String> handlers = new HashMap<>();
        for (int round = 0; round < 3; round++) {
            for (int key = 0; key < 60; key++) {
                CommandResponse response = get(sender.commandChannel().sendCommand(command(name, "key" + key)));
                String handler = text(response.getPayload());
                assertThat(handlers.getOrDefault("key" + key, handler)).isEqualTo(handler);
                handlers.put("key" + key, handler);
            }
        }
        assertThat(new HashSet<>(handlers.values())).containsExactlyInAnyOrder("one", "two", "three");
    }

    @Test
    default void failingHandlerIsAnsweredSo() throws Exception {
        String name = id();
        await(connect("handler")
                .commandChannel()
                .registerCommandHandler(
                        c -> CompletableFuture.failedFuture(new IllegalStateException("no")), 100, name));
        CommandResponse response = get(connect("sender").commandChannel().sendCommand(command(name, "k")));
        assertThat(response.getErrorCode()).isEqualTo("AXONIQ-4002");
    }

    @Test
    default void moreCommandsThanPermitsAreAllHandled() throws Exception {
        String name = id();
        await(connect("handler").commandChannel().registerCommandHandler(c -> answer("done"), 100, name));
        AxonServerConnection sender = connect("sender");
        List<CompletableFuture<CommandResponse>> responses = IntStream.range(0, 1000)
                .mapToObj(i -> sender.commandChannel().sendCommand(command(name, "k" + i)))
                .toList();
        responses.forEach(response -> assertThat(get(response).getErrorCode()).isEmpty());
    }

    @Test
    default void commandOfALostHandlerFails() throws Exception {
        String name = id();
        ManagedChannel handler = channel();
        LostHandler<CommandProviderInbound> received = new LostHandler<>(CommandProviderInbound::hasCommand);
        var stream = CommandServiceGrpc.newStub(handler).openStream(received);
        stream.onNext(CommandProviderOutbound.newBuilder()
                .setInstructionId("1")
                .setSubscribe(CommandSubscription.newBuilder().setCommand(name).setClientId(id()))
                .build());
        stream.onNext(CommandProviderOutbound.newBuilder()
                .setFlowControl(FlowControl.newBuilder().setPermits(10))
                .build());
        get(received.acknowledged());
        CompletableFuture<CommandResponse> response =
                connect("sender").commandChannel().sendCommand(command(name, "k"));
        get(received.work());
        handler.shutdownNow();
        assertThat(get(response).getErrorCode()).isEqualTo("AXONIQ-4001");
    }

    @Test
    default void queryIsAnsweredByOneHandler() throws Exception {
        String name = id();
        QueryHandler handler = (query, replies) -> replies.sendLast(result("one"));
        for (String client : List.of("a", "b")) {
            await(connect(client).queryChannel().registerQueryHandler(handler, new QueryDefinition(name, "text")));
        }
        List<QueryResponse> results = all(connect("asker").queryChannel().query(query(name, 1)));
        assertThat(results).hasSize(1);
        assertThat(text(results.getFirst().getPayload())).isEqualTo("one");
    }

    @Test
    default void queryWithoutHandlerIsAnsweredSo() {
        List<QueryResponse> results = all(connect("asker").queryChannel().query(query(id(), 1)));
        assertThat(results).extracting(QueryResponse::getErrorCode).containsExactly("AXONIQ-5000");
    }

    @Test
    default void scatteredQueryIsAnsweredByAllHandlers() throws Exception {
        String name = id();
        Set<String> clients = Set.of("a", "b", "c");
        for (String client : clients) {
            QueryHandler handler = (query, replies) -> replies.sendLast(result(client));
            await(connect(client).queryChannel().registerQueryHandler(handler, new QueryDefinition(name, "text")));
        }
        List<QueryResponse> results = all(connect("asker").queryChannel().query(query(name, -1)));
        assertThat(results).extracting(r -> text(r.getPayload())).containsExactlyInAnyOrderElementsOf(clients);
    }

    @Test
    default void queryOfALostHandlerFails() throws Exception {
        String name = id();
        ManagedChannel handler = channel();
        LostHandler<QueryProviderInbound> received = new LostHandler<>(QueryProviderInbound::hasQuery);
        var stream = QueryServiceGrpc.newStub(handler).openStream(received);
        stream.onNext(QueryProviderOutbound.newBuilder()
                .setInstructionId("1")
                .setSubscribe(QuerySubscription.newBuilder().setQuery(name).setClientId(id()))
                .build());
        stream.onNext(QueryProviderOutbound.newBuilder()
                .setFlowControl(FlowControl.newBuilder().setPermits(10))
                .build());
        get(received.acknowledged());
        ResultStream<QueryResponse> results = connect("asker").queryChannel().query(query(name, 1));
        get(received.work());
        handler.shutdownNow();
        assertThat(all(results)).extracting(QueryResponse::getErrorCode).containsExactly("AXONIQ-5002");
    }

    @Test
    @SuppressWarnings("removal")
    default void subscriptionQueryGetsInitialResultAndUpdates() throws Exception {
        String name = id();
        BlockingQueue<QueryHandler.UpdateHandler> updates = new LinkedBlockingQueue<>();
        QueryHandler handler = new QueryHandler() {
            @Override
            public void handle(QueryRequest query, ReplyChannel<QueryResponse> replies) {
                replies.sendLast(result("initial"));
            }

            @Override
            public Registration registerSubscriptionQuery(SubscriptionQuery query, UpdateHandler updateHandler) {
                updates.add(updateHandler);
                return () -> CompletableFuture.completedFuture(null);
            }
        };
        await(connect("handler").queryChannel().registerQueryHandler(handler, new QueryDefinition(name, "text")));
        SubscriptionQueryResult asked =
                connect("asker").queryChannel().subscriptionQuery(query(name, 1), text("update"), 64, 16);
        QueryHandler.UpdateHandler updater = updates.poll(10, TimeUnit.SECONDS);
        assertThat(text(get(asked.initialResult()).getPayload())).isEqualTo("initial");
        for (int i = 0; i < 200; i++) {
            updater.sendUpdate(QueryUpdate.newBuilder()
                    .setMessageIdentifier(id())
                    .setPayload(text("u" + i))
                    .build());
        }
        for (int i = 0; i < 200; i++) {
            assertThat(text(asked.updates()
                            .nextIfAvailable(10, TimeUnit.SECONDS)
                            .getPayload()))
                    .isEqualTo("u" + i);
        }
        updater.complete();
        Awaitility.await().until(() -> asked.updates().isClosed());
    }
}
