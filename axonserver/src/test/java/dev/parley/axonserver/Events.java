package dev.parley.axonserver;

import com.google.protobuf.ByteString;
import io.axoniq.axonserver.connector.AxonServerConnection;
import io.axoniq.axonserver.connector.event.AppendEventsTransaction;
import io.axoniq.axonserver.connector.event.EventStream;
import io.axoniq.axonserver.grpc.ErrorMessage;
import io.axoniq.axonserver.grpc.MetaDataValue;
import io.axoniq.axonserver.grpc.SerializedObject;
import io.axoniq.axonserver.grpc.event.Confirmation;
import io.axoniq.axonserver.grpc.event.Event;
import io.axoniq.axonserver.grpc.event.EventWithToken;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// Makes, appends and reads events, as an application would.
final class Events {

    private static final Metadata.Key<String> ERROR_CODE =
            Metadata.Key.of("AxonIQ-ErrorCode", Metadata.ASCII_STRING_MARSHALLER);

    private Events() {}

    static String id() {
        return UUID.randomUUID().toString();
    }

    static Event event(String aggregate, long sequence) {
        return event(aggregate, sequence, "Happened", 1_000_000 + sequence);
    }

    static Event event(String aggregate, long sequence, String type, long timestamp) {
        return Event.newBuilder()
                .setMessageIdentifier(id())
                .setAggregateIdentifier(aggregate)
                .setAggregateType("Thing")
                .setAggregateSequenceNumber(sequence)
                .setTimestamp(timestamp)
                .setPayload(SerializedObject.newBuilder()
                        .setType(type)
                        .setRevision("1")
                        .setData(ByteString.copyFromUtf8("{\"at\":" + sequence + "}")))
                .putMetaData(
                        "text", MetaDataValue.newBuilder().setTextValue("t").build())
                .putMetaData(
                        "number", MetaDataValue.newBuilder().setNumberValue(-7).build())
                .build();
    }

    static Event loose(String type) {
        return event("", 0, type, 5).toBuilder().clearAggregateType().build();
    }

    static CompletableFuture<Confirmation> tryAppend(AxonServerConnection connection, Event... events) {
        AppendEventsTransaction transaction = connection.eventChannel().startAppendEventsTransaction();
        for (Event event : events) {
            transaction.appendEvent(event);
        }
        return transaction.commit();
    }

    static void append(AxonServerConnection connection, Event... events) {
        get(tryAppend(connection, events));
    }

    static void appendMany(AxonServerConnection connection, String aggregate, int count) {
        Event[] events = new Event[count];
        for (int i = 0; i < count; i++) {
            events[i] = event(aggregate, i);
        }
        append(connection, events);
    }

    static List<EventWithToken> take(EventStream stream, int count) throws InterruptedException {
        List<EventWithToken> taken = new ArrayList<>();
        while (taken.size() < count) {
            EventWithToken next = stream.nextIfAvailable(10, TimeUnit.SECONDS);
            if (next == null) {
                throw new AssertionError("Only " + taken.size() + " of " + count + " events came; closed: "
                        + stream.isClosed() + " " + stream.getError());
            }
            taken.add(next);
        }
        return taken;
    }

    static <T> T get(CompletableFuture<T> future) {
        try {
            return future.get(20, TimeUnit.SECONDS);
        } catch (InterruptedException | TimeoutException e) {
            throw new AssertionError(e);
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        }
    }

    /// How a call failed.
    static ErrorMessage failure(CompletableFuture<?> future) {
        try {
            Object value = future.get(20, TimeUnit.SECONDS);
            throw new AssertionError("It did not fail but gave " + value);
        } catch (InterruptedException | TimeoutException e) {
            throw new AssertionError(e);
        } catch (ExecutionException e) {
            StatusRuntimeException status = (StatusRuntimeException) e.getCause();
            Metadata trailers = status.getTrailers();
            String code = trailers == null ? null : trailers.get(ERROR_CODE);
            return ErrorMessage.newBuilder()
                    .setErrorCode(code == null ? "" : code)
                    .setLocation(status.getStatus().getCode().name())
                    .setMessage(String.valueOf(status.getStatus().getDescription()))
                    .build();
        }
    }

    static Status.Code status(CompletableFuture<?> future) {
        return Status.Code.valueOf(failure(future).getLocation());
    }
}
