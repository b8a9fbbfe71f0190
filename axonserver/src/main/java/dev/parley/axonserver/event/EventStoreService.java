package dev.parley.axonserver.event;

import dev.parley.axonserver.eventquery.EventQueries;
import dev.parley.axonserver.protocol.ErrorCode;
import dev.parley.axonserver.protocol.Replies;
import dev.parley.axonserver.storage.EventStorage;
import dev.parley.axonserver.storage.NewEvent;
import dev.parley.axonserver.storage.StoredEvent;
import io.axoniq.axonserver.grpc.event.Confirmation;
import io.axoniq.axonserver.grpc.event.Event;
import io.axoniq.axonserver.grpc.event.EventStoreGrpc;
import io.axoniq.axonserver.grpc.event.GetAggregateEventsRequest;
import io.axoniq.axonserver.grpc.event.GetAggregateSnapshotsRequest;
import io.axoniq.axonserver.grpc.event.GetEventsRequest;
import io.axoniq.axonserver.grpc.event.GetFirstTokenRequest;
import io.axoniq.axonserver.grpc.event.GetLastTokenRequest;
import io.axoniq.axonserver.grpc.event.GetTokenAtRequest;
import io.axoniq.axonserver.grpc.event.QueryEventsRequest;
import io.axoniq.axonserver.grpc.event.QueryEventsResponse;
import io.axoniq.axonserver.grpc.event.ReadHighestSequenceNrRequest;
import io.axoniq.axonserver.grpc.event.ReadHighestSequenceNrResponse;
import io.axoniq.axonserver.grpc.event.TrackingToken;
import io.grpc.ServerServiceDefinition;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.ServerCalls;
import io.grpc.stub.StreamObserver;
import java.sql.SQLException;
import java.util.Set;

/// The service `EventStore` of `event.proto`, on the store of one context. Nothing here blocks a transport thread.
///
/// Three of its methods carry events as bytes and differ from the generated ones in that only: see [EventWire].
public final class EventStoreService extends EventStoreGrpc.EventStoreImplBase {

    /// How much may lie in a stream's transport buffer before the stream waits.
    private static final int STREAM_BUFFER_BYTES = 256 * 1024;

    private final EventStorage storage;
    private final EventStreams streams;
    private final EventQueries queries;

    public EventStoreService(EventStorage storage, EventStreams streams, EventQueries queries) {
        this.storage = storage;
        this.streams = streams;
        this.queries = queries;
    }

    /// The service with all its methods; to be offered instead of what is generated.
    public ServerServiceDefinition definition() {
        ServerServiceDefinition.Builder service = ServerServiceDefinition.builder(EventStoreGrpc.SERVICE_NAME)
                .addMethod(
                        EventStoreGrpc.getAppendEventMethod().toBuilder(
                                        EventWire.incoming(),
                                        EventStoreGrpc.getAppendEventMethod().getResponseMarshaller())
                                .build(),
                        ServerCalls.asyncClientStreamingCall(this::append))
                .addMethod(
                        EventStoreGrpc.getListAggregateEventsMethod().toBuilder(
                                        EventStoreGrpc.getListAggregateEventsMethod()
                                                .getRequestMarshaller(),
                                        EventWire.outgoing())
                                .build(),
                        ServerCalls.asyncServerStreamingCall(this::readAggregate))
                .addMethod(
                        EventStoreGrpc.getListEventsMethod().toBuilder(
                                        EventStoreGrpc.getListEventsMethod().getRequestMarshaller(),
                                        EventWire.outgoingWithToken())
                                .build(),
                        ServerCalls.asyncBidiStreamingCall(this::track));
        Set<String> own = Set.of(
                EventStoreGrpc.getAppendEventMethod().getFullMethodName(),
                EventStoreGrpc.getListAggregateEventsMethod().getFullMethodName(),
                EventStoreGrpc.getListEventsMethod().getFullMethodName());
        bindService().getMethods().stream()
                .filter(method -> !own.contains(method.getMethodDescriptor().getFullMethodName()))
                .forEach(service::addMethod);
        return service.build();
    }

    private StreamObserver<NewEvent> append(StreamObserver<Confirmation> reply) {
        return new AppendCall(storage, Replies.tolerant(reply));
    }

    private void readAggregate(GetAggregateEventsRequest request, StreamObserver<StoredEvent> reply) {
        streams.start(new AggregateStream(storage, request, buffered(reply)));
    }

    private StreamObserver<GetEventsRequest> track(StreamObserver<StoredEvent> reply) {
        return new TrackingCall(storage, buffered(reply), streams);
    }

    @Override
    public void appendSnapshot(Event snapshot, StreamObserver<Confirmation> reply) {
        Replies.tolerant(reply);
        if (snapshot.getAggregateIdentifier().isEmpty() || !NewEvent.storable(snapshot.getAggregateIdentifier())) {
            Replies.fail(
                    reply,
                    ErrorCode.VALIDATION_FAILED.failure("A snapshot needs an aggregate identifier, without NUL"));
            return;
        }
        streams.answer(reply, () -> {
            storage.snapshots().store(snapshot);
            return AppendCall.CONFIRMED;
        });
    }

    /// The newest first. The last sequence number is included; a negative one means none, a number of results that is
    /// not positive means all that are kept.
    @Override
    public void listAggregateSnapshots(GetAggregateSnapshotsRequest request, StreamObserver<Event> reply) {
        streams.start(new EventStream<>(buffered(reply)) {
            @Override
            void send() throws SQLException {
                long first = Math.max(0, request.getInitialSequence());
                long last = request.getMaxSequence();
                int left = request.getMaxResults() > 0 ? request.getMaxResults() : Integer.MAX_VALUE;
                while (left > 0 && first <= last && awaitReady()) {
                    Event snapshot = storage.snapshots().find(request.getAggregateId(), first, last);
                    if (snapshot == null) {
                        return;
                    }
                    emit(snapshot);
                    last = snapshot.getAggregateSequenceNumber() - 1;
                    left--;
                }
            }
        });
    }

    @Override
    public void readHighestSequenceNr(
            ReadHighestSequenceNrRequest request, StreamObserver<ReadHighestSequenceNrResponse> reply) {
        Replies.tolerant(reply);
        streams.answer(
                reply,
                () -> ReadHighestSequenceNrResponse.newBuilder()
                        .setToSequenceNr(storage.reads().highestSequence(request.getAggregateId()))
                        .build());
    }

    /// The log begins at 0 and is never truncated; an empty one also begins there.
    @Override
    public void getFirstToken(GetFirstTokenRequest request, StreamObserver<TrackingToken> reply) {
        Replies.one(reply, token(0));
    }

    /// The last committed event; -1 if there is none.
    @Override
    public void getLastToken(GetLastTokenRequest request, StreamObserver<TrackingToken> reply) {
        Replies.one(reply, token(storage.tail().next() - 1));
    }

    /// The first event at or after the instant; the next event to come if there is none yet; -1 in an empty store.
    @Override
    public void getTokenAt(GetTokenAtRequest request, StreamObserver<TrackingToken> reply) {
        Replies.tolerant(reply);
        long head = storage.tail().next();
        if (head == 0) {
            Replies.one(reply, token(-1));
            return;
        }
        streams.answer(reply, () -> token(storage.reads().firstSince(request.getInstant(), head)));
    }

    @Override
    public StreamObserver<QueryEventsRequest> queryEvents(StreamObserver<QueryEventsResponse> reply) {
        return queries.open(reply);
    }

    private static TrackingToken token(long index) {
        return TrackingToken.newBuilder().setToken(index).build();
    }

    private static <T> ServerCallStreamObserver<T> buffered(StreamObserver<T> reply) {
        ServerCallStreamObserver<T> call = Replies.tolerant(reply);
        call.setOnReadyThreshold(STREAM_BUFFER_BYTES);
        return call;
    }
}
