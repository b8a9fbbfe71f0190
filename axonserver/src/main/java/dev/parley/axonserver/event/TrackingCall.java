package dev.parley.axonserver.event;

import dev.parley.axonserver.protocol.ErrorCode;
import dev.parley.axonserver.protocol.Replies;
import dev.parley.axonserver.storage.EventStorage;
import dev.parley.axonserver.storage.StoredEvent;
import io.axoniq.axonserver.grpc.event.GetEventsRequest;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import org.jspecify.annotations.Nullable;

/// The client's side of a tracking stream: its first request says where to begin, the others bring permits and
/// payload types to leave out.
final class TrackingCall implements StreamObserver<GetEventsRequest> {

    private final EventStorage storage;
    private final ServerCallStreamObserver<StoredEvent> reply;
    private final EventStreams streams;
    private final TrackingStream stream;
    private @Nullable Boolean started;

    TrackingCall(EventStorage storage, ServerCallStreamObserver<StoredEvent> reply, EventStreams streams) {
        this.storage = storage;
        this.reply = reply;
        this.streams = streams;
        this.stream = new TrackingStream(storage, reply);
    }

    @Override
    public void onNext(GetEventsRequest request) {
        if (started == null) {
            long head = storage.tail().next();
            started = request.getTrackingToken() <= head;
            if (!started) {
                Replies.fail(
                        reply,
                        ErrorCode.VALIDATION_FAILED.failure("There is no event "
                                + request.getTrackingToken() + " to start from, the next one is " + head
                                + "; the token comes from another event store"));
                return;
            }
            stream.from(Math.max(0, request.getTrackingToken()));
            stream.accept(request);
            streams.start(stream);
        } else if (started) {
            stream.accept(request);
        }
    }

    @Override
    public void onError(Throwable t) {
        stream.clientGone();
    }

    @Override
    public void onCompleted() {
        if (started == null) {
            reply.onCompleted();
        } else {
            stream.finish();
        }
    }
}
