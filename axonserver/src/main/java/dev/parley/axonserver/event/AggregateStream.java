package dev.parley.axonserver.event;

import dev.parley.axonserver.storage.EventStorage;
import dev.parley.axonserver.storage.StoredEvent;
import io.axoniq.axonserver.grpc.event.Event;
import io.axoniq.axonserver.grpc.event.GetAggregateEventsRequest;
import io.grpc.stub.ServerCallStreamObserver;
import java.sql.SQLException;
import java.util.List;

/// The events of one aggregate in sequence, after its newest snapshot if the client takes one.
///
/// The last sequence number is included; 0 or less means no end. Where to begin to search (`min_token`) is a hint that
/// the index makes needless.
final class AggregateStream extends EventStream<StoredEvent> {

    private final EventStorage storage;
    private final GetAggregateEventsRequest request;

    AggregateStream(
            EventStorage storage, GetAggregateEventsRequest request, ServerCallStreamObserver<StoredEvent> out) {
        super(out);
        this.storage = storage;
        this.request = request;
    }

    @Override
    void send() throws SQLException {
        String aggregate = request.getAggregateId();
        long last = request.getMaxSequence() > 0 ? request.getMaxSequence() : Long.MAX_VALUE;
        long next = Math.max(0, request.getInitialSequence());
        if (request.getAllowSnapshots()) {
            Event snapshot = storage.snapshots().find(aggregate, next, last);
            if (snapshot != null && awaitReady()) {
                emit(new StoredEvent(-1, snapshot.toByteArray()));
                next = snapshot.getAggregateSequenceNumber() + 1;
            }
        }
        while (open() && next <= last) {
            List<StoredEvent> page = storage.reads().aggregatePage(aggregate, next, last);
            for (StoredEvent stored : page) {
                if (!awaitReady()) {
                    return;
                }
                emit(stored);
            }
            if (page.isEmpty()) {
                return;
            }
            next += page.size();
        }
    }
}
