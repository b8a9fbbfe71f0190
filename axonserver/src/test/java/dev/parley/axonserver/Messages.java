package dev.parley.axonserver;

import static dev.parley.axonserver.Events.id;

import com.google.protobuf.ByteString;
import io.axoniq.axonserver.connector.Registration;
import io.axoniq.axonserver.connector.ResultStream;
import io.axoniq.axonserver.grpc.MetaDataValue;
import io.axoniq.axonserver.grpc.ProcessingInstruction;
import io.axoniq.axonserver.grpc.ProcessingKey;
import io.axoniq.axonserver.grpc.SerializedObject;
import io.axoniq.axonserver.grpc.command.Command;
import io.axoniq.axonserver.grpc.command.CommandResponse;
import io.axoniq.axonserver.grpc.query.QueryRequest;
import io.axoniq.axonserver.grpc.query.QueryResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/// Makes commands, queries and their answers, as an application would.
final class Messages {

    private Messages() {}

    static Command command(String name, String routingKey) {
        return Command.newBuilder()
                .setMessageIdentifier(id())
                .setName(name)
                .addProcessingInstructions(instruction(
                        ProcessingKey.ROUTING_KEY, MetaDataValue.newBuilder().setTextValue(routingKey)))
                .build();
    }

    static Command command(String name, String routingKey, ProcessingKey key, long number) {
        return command(name, routingKey).toBuilder()
                .addProcessingInstructions(number(key, number))
                .build();
    }

    /// @param results how many results are wanted; -1 is all, from all handlers
    static QueryRequest query(String name, long results) {
        return QueryRequest.newBuilder()
                .setMessageIdentifier(id())
                .setQuery(name)
                .addProcessingInstructions(number(ProcessingKey.NR_OF_RESULTS, results))
                .build();
    }

    static QueryRequest query(String name, ProcessingKey key, long number) {
        return query(name, 1).toBuilder()
                .addProcessingInstructions(number(key, number))
                .build();
    }

    /// A query whose results may come as they are asked for.
    static QueryRequest streamingQuery(String name) {
        return query(name, 1).toBuilder()
                .addProcessingInstructions(instruction(
                        ProcessingKey.CLIENT_SUPPORTS_STREAMING,
                        MetaDataValue.newBuilder().setBooleanValue(true)))
                .build();
    }

    static CompletableFuture<CommandResponse> answer(String by) {
        return CompletableFuture.completedFuture(CommandResponse.newBuilder()
                .setMessageIdentifier(id())
                .setPayload(text(by))
                .build());
    }

    static QueryResponse result(String text) {
        return QueryResponse.newBuilder()
                .setMessageIdentifier(id())
                .setPayload(text(text))
                .build();
    }

    static SerializedObject text(String text) {
        return SerializedObject.newBuilder()
                .setType("text")
                .setData(ByteString.copyFromUtf8(text))
                .build();
    }

    static String text(SerializedObject payload) {
        return payload.getData().toStringUtf8();
    }

    static void await(Registration registration) throws Exception {
        registration.awaitAck(10, TimeUnit.SECONDS);
    }

    /// What a stream brings until its end.
    static <T> List<T> all(ResultStream<T> results) {
        List<T> all = new ArrayList<>();
        try {
            for (T next = results.nextIfAvailable(10, TimeUnit.SECONDS);
                    next != null;
                    next = results.nextIfAvailable(10, TimeUnit.SECONDS)) {
                all.add(next);
            }
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
        if (!results.isClosed()) {
            throw new AssertionError("After " + all.size() + " results nothing more came, and no end");
        }
        return all;
    }

    private static ProcessingInstruction number(ProcessingKey key, long number) {
        return instruction(key, MetaDataValue.newBuilder().setNumberValue(number));
    }

    private static ProcessingInstruction instruction(ProcessingKey key, MetaDataValue.Builder value) {
        return ProcessingInstruction.newBuilder().setKey(key).setValue(value).build();
    }
}
