package dev.parley.axonserver.platform;

import dev.parley.axonserver.protocol.Instructions;
import dev.parley.axonserver.protocol.PermittedSender;
import io.axoniq.axonserver.grpc.InstructionAck;
import io.axoniq.axonserver.grpc.control.ClientIdentification;
import io.axoniq.axonserver.grpc.control.EventProcessorInfo;
import io.axoniq.axonserver.grpc.control.Heartbeat;
import io.axoniq.axonserver.grpc.control.PlatformInboundInstruction;
import io.axoniq.axonserver.grpc.control.PlatformOutboundInstruction;
import io.axoniq.axonserver.grpc.control.RequestReconnect;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/// The instruction stream of one client: who it is, whether it lives, and how its event processors do.
final class PlatformStream implements StreamObserver<PlatformInboundInstruction> {

    /// How many processors a client may tell about.
    private static final int MAX_PROCESSORS = 1000;

    private final PermittedSender<PlatformOutboundInstruction> sender;
    private final Consumer<PlatformStream> ended;
    private final Asked asked = new Asked();
    private final Map<String, EventProcessorInfo> processors = new ConcurrentHashMap<>();
    private volatile ClientIdentification client = ClientIdentification.getDefaultInstance();
    private volatile long lastSeen = System.nanoTime();
    private volatile boolean answersHeartbeats;

    /// To be made while the call starts.
    ///
    /// @param ended told once the stream is over
    PlatformStream(ServerCallStreamObserver<PlatformOutboundInstruction> out, Consumer<PlatformStream> ended) {
        this.sender = new PermittedSender<>(out, 1);
        this.ended = ended;
        out.setOnCancelHandler(() -> end("The client is gone"));
    }

    @Override
    public void onNext(PlatformInboundInstruction message) {
        lastSeen = System.nanoTime();
        boolean known = true;
        switch (message.getRequestCase()) {
            case REGISTER -> client = message.getRegister();
            case EVENT_PROCESSOR_INFO -> keep(message.getEventProcessorInfo());
            case HEARTBEAT -> answersHeartbeats = true;
            case ACK -> asked.acknowledged(message.getAck());
            case RESULT -> asked.answered(message.getResult());
            case SUBSCRIBE_TOPOLOGY_CHANGES, UNSUBSCRIBE_TOPOLOGY_CHANGES, REQUEST_NOT_SET -> known = false;
        }
        String instruction = message.getInstructionId();
        if (!instruction.isEmpty()) {
            InstructionAck ack = known
                    ? Instructions.done(instruction)
                    : Instructions.refused(instruction, "This node does not offer the instruction");
            sender.control(PlatformOutboundInstruction.newBuilder().setAck(ack).build());
        }
    }

    @Override
    public void onError(Throwable t) {
        end("The client is gone");
    }

    @Override
    public void onCompleted() {
        sender.complete();
        over();
    }

    ClientIdentification client() {
        return client;
    }

    /// What the client told last about each of its event processors.
    Collection<EventProcessorInfo> processors() {
        return List.copyOf(processors.values());
    }

    /// @param nanos how long a client may be silent that is known to answer heartbeats
    boolean isSilentFor(long nanos) {
        return answersHeartbeats && System.nanoTime() - lastSeen > nanos;
    }

    /// Asks the client to do something. Any thread.
    ///
    /// @return completes with its answer, or after the time-out, or when the client is gone
    CompletableFuture<Answer> instruct(PlatformOutboundInstruction.Builder instruction, Duration timeout) {
        String id = UUID.randomUUID().toString();
        CompletableFuture<Answer> answer = asked.expect(id, timeout);
        sender.control(instruction.setInstructionId(id).build());
        return answer;
    }

    void askForHeartbeat() {
        sender.control(PlatformOutboundInstruction.newBuilder()
                .setHeartbeat(Heartbeat.getDefaultInstance())
                .build());
    }

    void askToReconnect() {
        sender.control(PlatformOutboundInstruction.newBuilder()
                .setRequestReconnect(RequestReconnect.getDefaultInstance())
                .build());
    }

    /// Ends the stream from this side. Any thread.
    void end(String why) {
        sender.fail(why);
        over();
    }

    private void over() {
        asked.end();
        ended.accept(this);
    }

    private void keep(EventProcessorInfo info) {
        if (processors.size() < MAX_PROCESSORS || processors.containsKey(info.getProcessorName())) {
            processors.put(info.getProcessorName(), info);
        }
    }
}
