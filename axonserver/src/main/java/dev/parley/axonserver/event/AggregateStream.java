package dev.parley.axonserver.event;

import dev.parley.axonserver.storage.EventStorage;
import dev.parley.axonserver.storage.StoredEvent;
import io.axoniq.axonserver.grpc.event.Event;
import io.axoniq.axonserver.grpc.event.GetAggregateEventsRequest;
import io.grpc.stub.ServerCallStreamObserver;
import java.sql.SQLException;
import java.util.List;

/// The events of one aggregate in sequence, after its newest snapshot if the client takes one.
final class AggregateStream extends EventStream<Event> {

    private final EventStorage storage;
    private final GetAggregateEventsRequest request;

    AggregateStream(EventStorage storage, GetAggregateEventsRequest request, ServerCallStreamObserver<Event> out) {
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
                emit(snapshot);
                next = snapshot.getAggregateSequenceNumber() + 1;
            }
        }
        while (open() && next <= last) {
            List<StoredEvent> page = storage.reads().aggregatePage(aggregate, next, last);
            if (page.isEmpty()) {
                return;
            }
            for (StoredEvent stored : page) {
                if (!awaitReady()) {
                    return;
                }
                emit(stored.event());
            }
            next = page.getLast().event().getAggregateSequenceNumber() + 1;
        }
    }
}
