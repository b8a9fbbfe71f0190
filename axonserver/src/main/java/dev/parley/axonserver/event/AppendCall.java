package dev.parley.axonserver.event;

import dev.parley.axonserver.protocol.ErrorCode;
import dev.parley.axonserver.protocol.Replies;
import dev.parley.axonserver.storage.EventStorage;
import io.axoniq.axonserver.grpc.event.Confirmation;
import io.axoniq.axonserver.grpc.event.Event;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.util.ArrayList;
import java.util.List;

/// One transaction on the wire: events come in, the client's half-close is the commit, its cancellation the rollback.
final class AppendCall implements StreamObserver<Event> {

    static final Confirmation CONFIRMED =
            Confirmation.newBuilder().setSuccess(true).build();

    /// Longest identifier, in characters: what fits an index entry of PostgreSQL with room to spare.
    private static final int MAX_IDENTIFIER = 500;

    private final EventStorage storage;
    private final ServerCallStreamObserver<Confirmation> reply;
    private final List<Event> events = new ArrayList<>();
    private long bytes;
    private boolean failed;

    AppendCall(EventStorage storage, ServerCallStreamObserver<Confirmation> reply) {
        this.storage = storage;
        this.reply = reply;
    }

    @Override
    public void onNext(Event event) {
        if (failed) {
            return;
        }
        int size = event.getSerializedSize();
        bytes += size;
        if (!storable(event)) {
            fail(ErrorCode.VALIDATION_FAILED.failure("An event needs a message identifier; identifiers have at most "
                    + MAX_IDENTIFIER + " characters and no NUL"));
        } else if (size > storage.limits().eventBytes().toBytes()) {
            fail(ErrorCode.EVENT_PAYLOAD_TOO_LARGE.failure(
                    "An event has at most " + storage.limits().eventBytes()));
        } else if (bytes > storage.limits().transactionBytes().toBytes()) {
            fail(ErrorCode.EVENT_PAYLOAD_TOO_LARGE.failure(
                    "A transaction has at most " + storage.limits().transactionBytes()));
        } else {
            events.add(event);
        }
    }

    @Override
    public void onError(Throwable t) {
        failed = true;
        events.clear();
    }

    @Override
    public void onCompleted() {
        if (failed) {
            return;
        }
        if (events.isEmpty()) {
            Replies.one(reply, CONFIRMED);
            return;
        }
        storage.append(events).whenComplete((stored, failure) -> {
            if (failure == null) {
                Replies.one(reply, CONFIRMED);
            } else {
                Replies.fail(reply, failure);
            }
        });
    }

    static boolean storable(Event event) {
        return !event.getMessageIdentifier().isEmpty()
                && storable(event.getMessageIdentifier())
                && storable(event.getAggregateIdentifier());
    }

    private static boolean storable(String identifier) {
        return identifier.length() <= MAX_IDENTIFIER && identifier.indexOf('\0') < 0;
    }

    private void fail(RuntimeException failure) {
        failed = true;
        events.clear();
        Replies.fail(reply, failure);
    }
}
