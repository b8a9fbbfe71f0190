package dev.parley.axonserver;

import static dev.parley.axonserver.Events.append;
import static dev.parley.axonserver.Events.get;
import static dev.parley.axonserver.Events.id;
import static dev.parley.axonserver.Events.loose;
import static org.assertj.core.api.Assertions.assertThat;

import io.axoniq.axonserver.connector.AxonServerConnection;
import io.axoniq.axonserver.connector.control.ProcessorInstructionHandler;
import io.axoniq.axonserver.grpc.InstructionAck;
import io.axoniq.axonserver.grpc.control.ClientIdentification;
import io.axoniq.axonserver.grpc.control.EventProcessorInfo;
import io.axoniq.axonserver.grpc.control.Heartbeat;
import io.axoniq.axonserver.grpc.control.PlatformInboundInstruction;
import io.axoniq.axonserver.grpc.control.PlatformInfo;
import io.axoniq.axonserver.grpc.control.PlatformOutboundInstruction;
import io.axoniq.axonserver.grpc.control.PlatformServiceGrpc;
import io.grpc.stub.StreamObserver;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/// What connections rely on, at any Axon Server.
interface PlatformContract extends Contract {

    private StreamObserver<PlatformInboundInstruction> register(CompletableFuture<InstructionAck> acknowledged) {
        StreamObserver<PlatformInboundInstruction> toServer = PlatformServiceGrpc.newStub(
                        clients().channel(context()))
                .openStream(new StreamObserver<>() {
                    @Override
                    public void onNext(PlatformOutboundInstruction instruction) {
                        if (instruction.hasAck()) {
                            acknowledged.complete(instruction.getAck());
                        }
                    }

                    @Override
                    public void onError(Throwable t) {
                        acknowledged.completeExceptionally(t);
                    }

                    @Override
                    public void onCompleted() {}
                });
        toServer.onNext(PlatformInboundInstruction.newBuilder()
                .setRegister(client("bare-" + id()))
                .build());
        return toServer;
    }

    private static ClientIdentification client(String id) {
        return ClientIdentification.newBuilder()
                .setClientId(id)
                .setComponentName("contract")
                .build();
    }

    private static EventProcessorInfo processor(String name) {
        return EventProcessorInfo.newBuilder()
                .setProcessorName(name)
                .setTokenStoreIdentifier("tokens")
                .setMode("Pooled Streaming")
                .setRunning(true)
                .setIsStreamingProcessor(true)
                .setActiveThreads(1)
                .setAvailableThreads(3)
                .addSegmentStatus(EventProcessorInfo.SegmentStatus.newBuilder()
                        .setSegmentId(0)
                        .setOnePartOf(1)
                        .setTokenPosition(7))
                .build();
    }

    @Test
    default void clientIsToldWhereToConnect() {
        PlatformInfo info = PlatformServiceGrpc.newBlockingStub(clients().channel(context()))
                .withDeadlineAfter(10, TimeUnit.SECONDS)
                .getPlatformServer(client(id()));
        assertThat(info.getSameConnection() || info.hasPrimary()).isTrue();
    }

    @Test
    default void registeredClientIsReady() {
        AxonServerConnection connection = connect("ready");
        connection.controlChannel();
        Awaitility.await().until(() -> connection.isConnected() && connection.isReady());
    }

    @Test
    default void clientComesBackAfterItHasLeft() {
        AxonServerConnection connection = connect("leaving");
        append(connection, loose("Before"));
        connection.disconnect();
        AxonServerConnection again = connect("leaving");
        append(again, loose("After"));
        assertThat(again.isConnected()).isTrue();
    }

    @Test
    default void heartbeatWithAnIdIsAcknowledged() {
        CompletableFuture<InstructionAck> acknowledged = new CompletableFuture<>();
        register(acknowledged)
                .onNext(PlatformInboundInstruction.newBuilder()
                        .setInstructionId("beat")
                        .setHeartbeat(Heartbeat.getDefaultInstance())
                        .build());
        InstructionAck answer = get(acknowledged);
        assertThat(answer.getInstructionId()).isEqualTo("beat");
        if (!answer.getSuccess()) {
            // A server whose heartbeats are switched off says so; to the connector that is a sign of life too.
            assertThat(answer.getError().getErrorCode()).isEqualTo("AXONIQ-1002");
        }
    }

    @Test
    default void processorInfoWithAnIdIsAcknowledged() {
        CompletableFuture<InstructionAck> acknowledged = new CompletableFuture<>();
        register(acknowledged)
                .onNext(PlatformInboundInstruction.newBuilder()
                        .setInstructionId("info")
                        .setEventProcessorInfo(processor("processor-" + id()))
                        .build());
        assertThat(get(acknowledged).getInstructionId()).isEqualTo("info");
        assertThat(get(acknowledged).getSuccess()).isTrue();
    }

    @Test
    default void unknownInstructionIsRefusedByItsId() {
        CompletableFuture<InstructionAck> acknowledged = new CompletableFuture<>();
        register(acknowledged)
                .onNext(PlatformInboundInstruction.newBuilder()
                        .setInstructionId("empty")
                        .build());
        assertThat(get(acknowledged).getInstructionId()).isEqualTo("empty");
        assertThat(get(acknowledged).getSuccess()).isFalse();
        assertThat(get(acknowledged).getError().getErrorCode()).isEqualTo("AXONIQ-1002");
    }

    @Test
    default void heartbeatsAndProcessorInfoKeepTheConnection() {
        AxonServerConnection connection = connect("beating");
        String name = "processor-" + id();
        AtomicInteger told = new AtomicInteger();
        connection
                .controlChannel()
                .registerEventProcessor(
                        name,
                        () -> {
                            told.incrementAndGet();
                            return processor(name);
                        },
                        new Obedient());
        connection.controlChannel().enableHeartbeat(50, 300, TimeUnit.MILLISECONDS);
        Awaitility.await()
                .during(700, TimeUnit.MILLISECONDS)
                .atMost(10, TimeUnit.SECONDS)
                .until(() -> connection.isReady() && connection.isConnected());
        assertThat(told).hasPositiveValue();
    }

    /// Takes every instruction and does nothing.
    final class Obedient implements ProcessorInstructionHandler {
        @Override
        public CompletableFuture<Boolean> releaseSegment(int segment) {
            return CompletableFuture.completedFuture(true);
        }

        @Override
        public CompletableFuture<Boolean> splitSegment(int segment) {
            return CompletableFuture.completedFuture(true);
        }

        @Override
        public CompletableFuture<Boolean> mergeSegment(int segment) {
            return CompletableFuture.completedFuture(true);
        }

        @Override
        public CompletableFuture<Void> pauseProcessor() {
            return CompletableFuture.completedFuture(null);
        }

        @Override
        public CompletableFuture<Void> startProcessor() {
            return CompletableFuture.completedFuture(null);
        }
    }
}
