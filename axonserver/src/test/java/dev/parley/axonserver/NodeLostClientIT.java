package dev.parley.axonserver;

import static dev.parley.axonserver.Events.get;
import static dev.parley.axonserver.Events.id;
import static org.assertj.core.api.Assertions.assertThat;

import io.axoniq.axonserver.connector.AxonServerConnection;
import io.axoniq.axonserver.connector.AxonServerConnectionFactory;
import io.axoniq.axonserver.connector.impl.ServerAddress;
import io.axoniq.axonserver.grpc.FlowControl;
import io.axoniq.axonserver.grpc.MetaDataValue;
import io.axoniq.axonserver.grpc.ProcessingInstruction;
import io.axoniq.axonserver.grpc.ProcessingKey;
import io.axoniq.axonserver.grpc.command.Command;
import io.axoniq.axonserver.grpc.command.CommandProviderInbound;
import io.axoniq.axonserver.grpc.command.CommandProviderOutbound;
import io.axoniq.axonserver.grpc.command.CommandResponse;
import io.axoniq.axonserver.grpc.command.CommandServiceGrpc;
import io.axoniq.axonserver.grpc.command.CommandSubscription;
import io.grpc.ManagedChannel;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// Clients that vanish in the middle of commands, and commands that wait, through the connector.
class NodeLostClientIT {

    private static TestNode node;

    @BeforeAll
    static void start() {
        node = TestNode.onEmptyStore();
    }

    @AfterAll
    static void stop() {
        node.close();
    }

    /// Passes one connection on to the node, and can cut it so that the node finds it reset, as when a process dies.
    private static final class Cable implements AutoCloseable {

        private final ServerSocket listening = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        private final BlockingQueue<Socket> sockets = new LinkedBlockingQueue<>();

        Cable() throws IOException {
            Thread.ofVirtual().start(this::connect);
        }

        int port() {
            return listening.getLocalPort();
        }

        void cut() throws IOException {
            for (Socket socket : sockets) {
                if (!socket.isClosed()) {
                    socket.setSoLinger(true, 0);
                    socket.close();
                }
            }
        }

        private void connect() {
            try {
                Socket client = listening.accept();
                Socket server = new Socket(InetAddress.getLoopbackAddress(), node.port());
                sockets.addAll(List.of(client, server));
                Thread.ofVirtual().start(() -> pass(client, server));
                pass(server, client);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private static void pass(Socket from, Socket to) {
            try {
                from.getInputStream().transferTo(to.getOutputStream());
            } catch (IOException _) {
                // the cable is cut
            }
        }

        @Override
        public void close() throws IOException {
            cut();
            listening.close();
        }
    }

    /// A handler that takes what it has permits for and never answers.
    private static BlockingQueue<Command> handle(ManagedChannel channel, String name, long permits) {
        BlockingQueue<Command> commands = new LinkedBlockingQueue<>();
        CompletableFuture<Void> acknowledged = new CompletableFuture<>();
        StreamObserver<CommandProviderOutbound> out = CommandServiceGrpc.newStub(channel)
                .openStream(new StreamObserver<>() {
                    @Override
                    public void onNext(CommandProviderInbound message) {
                        if (message.hasCommand()) {
                            commands.add(message.getCommand());
                        } else {
                            acknowledged.complete(null);
                        }
                    }

                    @Override
                    public void onError(Throwable t) {}

                    @Override
                    public void onCompleted() {}
                });
        String client = id();
        out.onNext(CommandProviderOutbound.newBuilder()
                .setFlowControl(FlowControl.newBuilder().setClientId(client).setPermits(permits))
                .build());
        out.onNext(CommandProviderOutbound.newBuilder()
                .setInstructionId("1")
                .setSubscribe(CommandSubscription.newBuilder().setCommand(name).setClientId(client))
                .build());
        get(acknowledged);
        return commands;
    }

    @Test
    void commandsOfACutOffClientFailOrMoveOnAndNoneIsHandledTwice() throws Exception {
        String name = id();
        try (Cable cable = new Cable()) {
            ManagedChannel channel = NettyChannelBuilder.forAddress("127.0.0.1", cable.port())
                    .usePlaintext()
                    .build();
            BlockingQueue<Command> lost = handle(channel, name, 5);
            AxonServerConnection sender = node.connect("sender");
            List<CompletableFuture<CommandResponse>> responses = IntStream.range(0, 20)
                    .mapToObj(i -> sender.commandChannel().sendCommand(Messages.command(name, "k" + i)))
                    .toList();
            Awaitility.await().until(() -> lost.size() == 5);
            BlockingQueue<String> handled = new LinkedBlockingQueue<>();
            node.connect("other")
                    .commandChannel()
                    .registerCommandHandler(
                            command -> {
                                handled.add(command.getMessageIdentifier());
                                return CompletableFuture.completedFuture(CommandResponse.getDefaultInstance());
                            },
                            100,
                            name)
                    .awaitAck(10, TimeUnit.SECONDS);
            cable.cut();
            List<String> codes = responses.stream()
                    .map(response -> get(response).getErrorCode())
                    .toList();
            assertThat(codes).filteredOn("AXONIQ-4001"::equals).hasSize(5);
            assertThat(codes).filteredOn(String::isEmpty).hasSize(15);
            assertThat(handled).doesNotHaveDuplicates().hasSize(15);
            assertThat(handled)
                    .doesNotContainAnyElementsOf(
                            lost.stream().map(Command::getMessageIdentifier).toList());
            channel.shutdownNow();
        }
    }

    @Test
    void commandOfHighPriorityOvertakesThoseThatWaitForTheHandler() throws Exception {
        String name = id();
        CompletableFuture<CommandResponse> gate = new CompletableFuture<>();
        BlockingQueue<String> handled = new LinkedBlockingQueue<>();
        AxonServerConnectionFactory busy = AxonServerConnectionFactory.forClient("test", "busy" + id())
                .routingServers(new ServerAddress("127.0.0.1", node.port()))
                .commandPermits(16)
                .build();
        try {
            busy.connect("default")
                    .commandChannel()
                    .registerCommandHandler(
                            command -> {
                                handled.add(command.getPayload().getType());
                                return gate;
                            },
                            100,
                            name)
                    .awaitAck(10, TimeUnit.SECONDS);
            AxonServerConnection sender = node.connect("sender");
            List<CompletableFuture<CommandResponse>> low = IntStream.range(0, 100)
                    .mapToObj(i -> send(sender, name, "low", 0))
                    .toList();
            CompletableFuture<CommandResponse> high = send(sender, name, "high", 1);
            assertThat(get(send(sender, id(), "arrives behind the others", 0)).getErrorCode())
                    .isEqualTo("AXONIQ-4000");
            gate.complete(CommandResponse.getDefaultInstance());
            assertThat(get(high).getErrorCode()).isEmpty();
            low.forEach(response -> assertThat(get(response).getErrorCode()).isEmpty());
            assertThat(List.copyOf(handled).indexOf("high")).isBetween(0, 50);
        } finally {
            busy.shutdown();
        }
    }

    private static CompletableFuture<CommandResponse> send(
            AxonServerConnection sender, String name, String type, long priority) {
        Command.Builder command = Messages.command(name, "k").toBuilder()
                .addProcessingInstructions(ProcessingInstruction.newBuilder()
                        .setKey(ProcessingKey.PRIORITY)
                        .setValue(MetaDataValue.newBuilder().setNumberValue(priority)));
        command.getPayloadBuilder().setType(type);
        return sender.commandChannel().sendCommand(command.build());
    }
}
