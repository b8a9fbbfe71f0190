package dev.parley.benchmarks;

import com.google.protobuf.ByteString;
import io.axoniq.axonserver.connector.AxonServerConnection;
import io.axoniq.axonserver.grpc.MetaDataValue;
import io.axoniq.axonserver.grpc.ProcessingInstruction;
import io.axoniq.axonserver.grpc.ProcessingKey;
import io.axoniq.axonserver.grpc.SerializedObject;
import io.axoniq.axonserver.grpc.command.Command;
import io.axoniq.axonserver.grpc.command.CommandResponse;
import io.axoniq.axonserver.grpc.event.Event;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/// Events and commands that weigh about what a chat message does, with what Axon Framework adds: 213 bytes of payload
/// and two values of metadata.
final class Samples {

    private static final String COMMAND = "benchmark.Command";

    private static final SerializedObject PAYLOAD = SerializedObject.newBuilder()
            .setType("benchmark.MessageSent")
            .setRevision("1")
            .setData(ByteString.copyFromUtf8("{\"text\":\"" + "the quick brown fox ".repeat(10) + "\"}"))
            .build();

    private Samples() {}

    static Event event(String aggregate, long sequence) {
        return Event.newBuilder()
                .setMessageIdentifier(UUID.randomUUID().toString())
                .setAggregateIdentifier(aggregate)
                .setAggregateType("Conversation")
                .setAggregateSequenceNumber(sequence)
                .setTimestamp(System.currentTimeMillis())
                .setPayload(PAYLOAD)
                .putMetaData("traceId", text(aggregate))
                .putMetaData("correlationId", text(aggregate))
                .build();
    }

    private static MetaDataValue text(String value) {
        return MetaDataValue.newBuilder().setTextValue(value).build();
    }

    /// Answers the commands at once.
    static void handle(AxonServerConnection connection) throws Exception {
        CommandResponse done = CommandResponse.newBuilder().setPayload(PAYLOAD).build();
        connection
                .commandChannel()
                .registerCommandHandler(command -> CompletableFuture.completedFuture(done), 100, COMMAND)
                .awaitAck(10, TimeUnit.SECONDS);
    }

    /// @param key what it is routed by
    static Command command(int key) {
        return Command.newBuilder()
                .setMessageIdentifier(UUID.randomUUID().toString())
                .setName(COMMAND)
                .setTimestamp(System.currentTimeMillis())
                .setPayload(PAYLOAD)
                .addProcessingInstructions(ProcessingInstruction.newBuilder()
                        .setKey(ProcessingKey.ROUTING_KEY)
                        .setValue(text("key-" + key)))
                .build();
    }
}
