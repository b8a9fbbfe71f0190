package dev.parley.axonserver;

import static dev.parley.axonserver.Events.get;
import static dev.parley.axonserver.Events.id;
import static dev.parley.axonserver.Messages.answer;
import static dev.parley.axonserver.Messages.await;
import static dev.parley.axonserver.Messages.command;
import static dev.parley.axonserver.Messages.text;
import static org.assertj.core.api.Assertions.assertThat;

import io.axoniq.axonserver.connector.AxonServerConnection;
import io.axoniq.axonserver.connector.Registration;
import io.axoniq.axonserver.grpc.ErrorMessage;
import io.axoniq.axonserver.grpc.FlowControl;
import io.axoniq.axonserver.grpc.MetaDataValue;
import io.axoniq.axonserver.grpc.command.Command;
import io.axoniq.axonserver.grpc.command.CommandProviderInbound;
import io.axoniq.axonserver.grpc.command.CommandProviderOutbound;
import io.axoniq.axonserver.grpc.command.CommandResponse;
import io.axoniq.axonserver.grpc.command.CommandServiceGrpc;
import io.axoniq.axonserver.grpc.command.CommandSubscription;
import io.grpc.ManagedChannel;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/// What applications rely on when they send and handle commands, at any Axon Server.
interface CommandContract extends Contract {

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
        ManagedChannel handler = clients().channel(context());
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
    default void commandAndResponseComeAsTheyWere() throws Exception {
        String name = id();
        CompletableFuture<Command> received = new CompletableFuture<>();
        CommandResponse refusal = CommandResponse.newBuilder()
                .setMessageIdentifier(id())
                .setErrorCode("AXONIQ-4002")
                .setErrorMessage(
                        ErrorMessage.newBuilder().setMessage("Not this one").addDetails("a detail"))
                .setPayload(text("details"))
                .putMetaData("m", MetaDataValue.newBuilder().setDoubleValue(1.5).build())
                .build();
        await(connect("handler")
                .commandChannel()
                .registerCommandHandler(
                        command -> {
                            received.complete(command);
                            return CompletableFuture.completedFuture(refusal);
                        },
                        100,
                        name));
        Command sent = command(name, "k").toBuilder()
                .setPayload(text("payload"))
                .setTimestamp(42)
                .putMetaData(
                        "m", MetaDataValue.newBuilder().setBooleanValue(true).build())
                .build();
        CommandResponse response = get(connect("sender").commandChannel().sendCommand(sent));
        assertThat(get(received).getMessageIdentifier()).isEqualTo(sent.getMessageIdentifier());
        assertThat(get(received).getPayload()).isEqualTo(sent.getPayload());
        assertThat(get(received).getMetaDataMap()).isEqualTo(sent.getMetaDataMap());
        assertThat(get(received).getTimestamp()).isEqualTo(42);
        assertThat(response.getErrorCode()).isEqualTo("AXONIQ-4002");
        assertThat(response.getErrorMessage().getMessage()).isEqualTo("Not this one");
        assertThat(response.getPayload()).isEqualTo(refusal.getPayload());
        assertThat(response.getMetaDataMap()).isEqualTo(refusal.getMetaDataMap());
    }

    @Test
    default void handlerGetsAsManyCommandsAsItsLoadFactorSays() throws Exception {
        String name = id();
        await(connect("large").commandChannel().registerCommandHandler(c -> answer("large"), 90, name));
        await(connect("small").commandChannel().registerCommandHandler(c -> answer("small"), 10, name));
        AxonServerConnection sender = connect("sender");
        List<CompletableFuture<CommandResponse>> responses = IntStream.range(0, 1000)
                .mapToObj(i -> sender.commandChannel().sendCommand(command(name, "key" + i)))
                .toList();
        assertThat(responses.stream()
                        .filter(response -> text(get(response).getPayload()).equals("large")))
                .hasSizeBetween(750, 990);
    }

    @Test
    default void commandsGoToTheHandlersThatAreLeft() throws Exception {
        String name = id();
        AxonServerConnection leaving = connect("leaving");
        await(leaving.commandChannel().registerCommandHandler(c -> answer("leaving"), 100, name));
        await(connect("staying").commandChannel().registerCommandHandler(c -> answer("staying"), 100, name));
        leaving.disconnect();
        AxonServerConnection sender = connect("sender");
        Awaitility.await()
                .untilAsserted(() -> assertThat(IntStream.range(0, 20)
                                .mapToObj(i -> get(sender.commandChannel().sendCommand(command(name, "key" + i))))
                                .map(response -> text(response.getPayload())))
                        .containsOnly("staying"));
    }
}
