package dev.parley.axonserver.event;

import dev.parley.axonserver.protocol.ErrorCode;
import dev.parley.axonserver.protocol.Replies;
import dev.parley.axonserver.storage.EventStorage;
import dev.parley.axonserver.storage.NewEvent;
import dev.parley.axonserver.storage.OpenAppends;
import io.axoniq.axonserver.grpc.event.Confirmation;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;

/// One transaction on the wire: events come in, the client's half-close is the commit, its cancellation the rollback.
final class AppendCall implements StreamObserver<NewEvent> {

    static final Confirmation CONFIRMED =
            Confirmation.newBuilder().setSuccess(true).build();

    private final EventStorage storage;
    private final ServerCallStreamObserver<Confirmation> reply;
    private final OpenAppends.Lease memory;
    private final AtomicBoolean ended = new AtomicBoolean();
    private final List<NewEvent> events = new ArrayList<>(1);
    private long bytes;

    AppendCall(EventStorage storage, ServerCallStreamObserver<Confirmation> reply) {
        this.storage = storage;
        this.reply = reply;
        memory = storage.openAppends().open(this::expire);
    }

    @Override
    public void onNext(NewEvent event) {
        if (ended.get()) {
            return;
        }
        int size = event.bytes().length;
        bytes += size;
        if (!event.storable()) {
            fail(ErrorCode.VALIDATION_FAILED.failure(NewEvent.RULE));
        } else if (size > storage.limits().eventBytes().toBytes()) {
            fail(ErrorCode.EVENT_PAYLOAD_TOO_LARGE.failure(
                    "An event has at most " + storage.limits().eventBytes()));
        } else if (bytes > storage.limits().transactionBytes().toBytes()) {
            fail(ErrorCode.EVENT_PAYLOAD_TOO_LARGE.failure(
                    "A transaction has at most " + storage.limits().transactionBytes()));
        } else if (!memory.take(size)) {
            fail(ErrorCode.TOO_MANY_REQUESTS.failure(
                    "Too much is in transactions that are not committed; nothing of this one was stored"));
        } else {
            events.add(event);
        }
    }

    @Override
    public void onError(Throwable t) {
        end();
    }

    @Override
    public void onCompleted() {
        if (!end()) {
            return;
        }
        if (events.isEmpty()) {
            Replies.one(reply, CONFIRMED);
            return;
        }
        CompletableFuture<Void> _ = storage.append(events).whenComplete((stored, failure) -> {
            if (failure == null) {
                Replies.one(reply, CONFIRMED);
            } else {
                Replies.fail(reply, failure);
            }
        });
    }

    /// Runs on another thread than the rest.
    private void expire() {
        fail(ErrorCode.TRANSACTION_ROLLED_BACK.failure(
                "Nothing came for " + storage.limits().openTimeout() + "; nothing of this transaction was stored"));
    }

    private void fail(RuntimeException failure) {
        if (end()) {
            Replies.fail(reply, failure);
        }
    }

    /// @return whether the call had not ended before
    private boolean end() {
        boolean first = ended.compareAndSet(false, true);
        memory.close();
        return first;
    }
}
