package dev.parley.axonserver.event;

import dev.parley.axonserver.eventquery.EventQueries;
import dev.parley.axonserver.protocol.ErrorCode;
import dev.parley.axonserver.protocol.Replies;
import dev.parley.axonserver.storage.EventStorage;
import io.axoniq.axonserver.grpc.event.Confirmation;
import io.axoniq.axonserver.grpc.event.Event;
import io.axoniq.axonserver.grpc.event.EventStoreGrpc;
import io.axoniq.axonserver.grpc.event.EventWithToken;
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
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.sql.SQLException;

/// The service `EventStore` of `event.proto`, on the store of one context. Nothing here blocks a transport thread.
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

    @Override
    public StreamObserver<Event> appendEvent(StreamObserver<Confirmation> reply) {
        return new AppendCall(storage, Replies.tolerant(reply));
    }

    @Override
    public void appendSnapshot(Event snapshot, StreamObserver<Confirmation> reply) {
        Replies.tolerant(reply);
        if (snapshot.getAggregateIdentifier().isEmpty() || !AppendCall.storable(snapshot)) {
            Replies.fail(reply, ErrorCode.VALIDATION_FAILED.failure("A snapshot needs an aggregate identifier"));
            return;
        }
        streams.answer(reply, () -> {
            storage.snapshots().store(snapshot);
            return AppendCall.CONFIRMED;
        });
    }

    @Override
    public void listAggregateEvents(GetAggregateEventsRequest request, StreamObserver<Event> reply) {
        streams.start(new AggregateStream(storage, request, buffered(reply)));
    }

    @Override
    public void listAggregateSnapshots(GetAggregateSnapshotsRequest request, StreamObserver<Event> reply) {
        streams.start(new EventStream<>(buffered(reply)) {
            @Override
            void send() throws SQLException {
                Event snapshot = storage.snapshots()
                        .find(request.getAggregateId(), request.getInitialSequence(), request.getMaxSequence());
                if (snapshot != null && awaitReady()) {
                    emit(snapshot);
                }
            }
        });
    }

    @Override
    public StreamObserver<GetEventsRequest> listEvents(StreamObserver<EventWithToken> reply) {
        return new TrackingCall(storage, buffered(reply), streams);
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
