package dev.parley.axonserver;

import static dev.parley.axonserver.Events.get;
import static dev.parley.axonserver.Events.id;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.axoniq.axonserver.connector.AxonServerConnection;
import io.axoniq.axonserver.connector.Registration;
import io.axoniq.axonserver.connector.query.QueryDefinition;
import io.axoniq.axonserver.connector.query.QueryHandler;
import io.axoniq.axonserver.grpc.MetaDataValue;
import io.axoniq.axonserver.grpc.ProcessingInstruction;
import io.axoniq.axonserver.grpc.ProcessingKey;
import io.axoniq.axonserver.grpc.command.Command;
import io.axoniq.axonserver.grpc.command.CommandResponse;
import io.axoniq.axonserver.grpc.control.ClientIdentification;
import io.axoniq.axonserver.grpc.control.Heartbeat;
import io.axoniq.axonserver.grpc.control.PlatformInboundInstruction;
import io.axoniq.axonserver.grpc.control.PlatformOutboundInstruction;
import io.axoniq.axonserver.grpc.control.PlatformServiceGrpc;
import io.axoniq.axonserver.grpc.event.EventStoreGrpc;
import io.axoniq.axonserver.grpc.event.GetLastTokenRequest;
import io.axoniq.axonserver.grpc.query.QueryRequest;
import io.axoniq.axonserver.grpc.query.QueryResponse;
import io.grpc.Metadata;
import io.grpc.stub.MetadataUtils;
import io.grpc.stub.StreamObserver;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class NodeRoutingIT {

    private static final AtomicInteger CLIENTS = new AtomicInteger();

    private static TestNode node;
    private static ServerClients clients;

    @BeforeAll
    static void start() {
        node = TestNode.onEmptyStore(Map.of("heartbeat.interval", "200ms"));
        clients = new ServerClients(ServerUnderTest.of(node));
    }

    @AfterAll
    static void stop() {
        clients.close();
        node.close();
    }

    private static AxonServerConnection connect(String client) {
        return node.connect(client + CLIENTS.incrementAndGet());
    }

    private static AxonServerConnection otherComponent() {
        return clients.connect("another", "client", "default");
    }

    @Test
    void unansweredCommandFailsInTheEnd() throws Exception {
        String name = id();
        Registration registration =
                connect("handler").commandChannel().registerCommandHandler(c -> new CompletableFuture<>(), 100, name);
        registration.awaitAck(10, TimeUnit.SECONDS);
        Command impatient = Messages.command(name, "k").toBuilder()
                .addProcessingInstructions(ProcessingInstruction.newBuilder()
                        .setKey(ProcessingKey.TIMEOUT)
                        .setValue(MetaDataValue.newBuilder().setNumberValue(300)))
                .build();
        CommandResponse response = get(connect("sender").commandChannel().sendCommand(impatient));
        assertThat(response.getErrorCode()).isEqualTo("AXONIQ-4003");
        assertThat(response.getErrorMessage().getMessage()).contains("in time");
    }

    @Test
    void unansweredQueryEndsInTheEndWithWhatThereIs() throws Exception {
        String name = id();
        QueryHandler quick = (query, replies) -> replies.sendLast(Messages.result("quick"));
        QueryHandler silent = (query, replies) -> {};
        QueryDefinition definition = new QueryDefinition(name, "text");
        Messages.await(connect("silent").queryChannel().registerQueryHandler(silent, definition));
        QueryRequest impatient = Messages.query(name, ProcessingKey.TIMEOUT, 300);
        AxonServerConnection asker = connect("asker");
        assertThat(Messages.all(asker.queryChannel().query(impatient)))
                .extracting(QueryResponse::getErrorCode)
                .containsExactly("AXONIQ-5002");
        Messages.await(otherComponent().queryChannel().registerQueryHandler(quick, definition));
        QueryRequest scattered = impatient.toBuilder()
                .setMessageIdentifier(id())
                .setProcessingInstructions(0, Messages.query(name, -1).getProcessingInstructions(0))
                .build();
        assertThat(Messages.all(asker.queryChannel().query(scattered)))
                .extracting(response -> Messages.text(response.getPayload()))
                .containsExactly("quick");
    }

    @Test
    void heartbeatsKeepTheConnectionAndClientsAreKnown() {
        AxonServerConnection connection = connect("beating");
        connection.controlChannel().enableHeartbeat(100, 1000, TimeUnit.MILLISECONDS);
        Awaitility.await()
                .untilAsserted(() -> assertThat(node.node().clients())
                        .anySatisfy(client -> assertThat(client.clientId()).startsWith("beating")));
        Awaitility.await()
                .during(2, TimeUnit.SECONDS)
                .atMost(5, TimeUnit.SECONDS)
                .until(() -> connection.isReady() && connection.isConnected());
    }

    @Test
    void silentConnectionOfAClientThatCameBackTakesNothingFromIt() throws Exception {
        Map<String, Object> impatient = Map.of("heartbeat.interval", "100ms", "heartbeat.timeout", "500ms");
        try (TestNode strict = TestNode.onEmptyStore(impatient)) {
            String name = id();
            AxonServerConnection back = strict.connect("returning");
            back.controlChannel().enableHeartbeat(100, 1000, TimeUnit.MILLISECONDS);
            back.commandChannel()
                    .registerCommandHandler(
                            c -> CompletableFuture.completedFuture(CommandResponse.getDefaultInstance()), 100, name)
                    .awaitAck(10, TimeUnit.SECONDS);
            CompletableFuture<Throwable> dropped = new CompletableFuture<>();
            StreamObserver<PlatformInboundInstruction> silent =
                    PlatformServiceGrpc.newStub(strict.channel()).openStream(endOf(dropped));
            silent.onNext(PlatformInboundInstruction.newBuilder()
                    .setRegister(ClientIdentification.newBuilder().setClientId("returning"))
                    .build());
            silent.onNext(PlatformInboundInstruction.newBuilder()
                    .setHeartbeat(Heartbeat.getDefaultInstance())
                    .build());
            assertThat(get(dropped)).hasMessageContaining("heartbeats");
            assertThat(get(back.commandChannel().sendCommand(Messages.command(name, "k")))
                            .getErrorCode())
                    .isEmpty();
        }
    }

    private static StreamObserver<PlatformOutboundInstruction> endOf(CompletableFuture<Throwable> dropped) {
        return new StreamObserver<>() {
            @Override
            public void onNext(PlatformOutboundInstruction instruction) {}

            @Override
            public void onError(Throwable failure) {
                dropped.complete(failure);
            }

            @Override
            public void onCompleted() {}
        };
    }

    @Test
    void unknownContextIsRefused() {
        Metadata headers = new Metadata();
        headers.put(Metadata.Key.of("AxonIQ-Context", Metadata.ASCII_STRING_MARSHALLER), "elsewhere");
        EventStoreGrpc.EventStoreBlockingStub stub = EventStoreGrpc.newBlockingStub(node.channel())
                .withInterceptors(MetadataUtils.newAttachHeadersInterceptor(headers));
        assertThatThrownBy(() -> stub.getLastToken(GetLastTokenRequest.getDefaultInstance()))
                .hasMessageContaining("NOT_FOUND")
                .hasMessageContaining("no context \"elsewhere\"");
    }

    @Test
    void whatIsNotOfferedIsSaidSo() {
        AxonServerConnection connection = connect("curious");
        assertThatThrownBy(() -> get(connection.eventChannel().persistentStreams()))
                .hasMessageContaining("UNIMPLEMENTED")
                .hasMessageContaining("Persistent streams are not offered");
        assertThatThrownBy(() -> get(connection.eventTransformationChannel().transformations()))
                .hasStackTraceContaining("Event transformation is not offered");
    }

    @Test
    void takenPortIsNamed() {
        Map<String, Object> samePort = Map.of("port", node.port());
        TestDatabase database = TestDatabase.create();
        assertThatThrownBy(() -> new TestNode(database, samePort))
                .isInstanceOf(NodeStartException.class)
                .hasMessageContaining("port " + node.port());
        try (TestNode freed = new TestNode(database, Map.of())) {
            assertThat(freed.port()).isPositive();
        }
    }

    @Test
    void secondNodeOnTheSameDatabaseIsRefused() {
        Map<String, Object> impatient = Map.of("startTimeout", "200ms");
        assertThatThrownBy(() -> new TestNode(node.database(), impatient))
                .isInstanceOf(NodeStartException.class)
                .hasMessageContaining("Another Axon Server node");
    }
}
