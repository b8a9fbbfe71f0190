package dev.parley.axonserver.schedule;

import dev.parley.axonserver.event.EventStreams;
import dev.parley.axonserver.protocol.ErrorCode;
import dev.parley.axonserver.protocol.Replies;
import dev.parley.axonserver.storage.EventStorage;
import dev.parley.axonserver.storage.NewEvent;
import dev.parley.axonserver.storage.ScheduledEvent;
import io.axoniq.axonserver.grpc.InstructionAck;
import io.axoniq.axonserver.grpc.event.CancelScheduledEventRequest;
import io.axoniq.axonserver.grpc.event.Event;
import io.axoniq.axonserver.grpc.event.EventSchedulerGrpc;
import io.axoniq.axonserver.grpc.event.RescheduleEventRequest;
import io.axoniq.axonserver.grpc.event.ScheduleEventRequest;
import io.axoniq.axonserver.grpc.event.ScheduleToken;
import io.grpc.stub.StreamObserver;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;

/// The service `EventScheduler` of `event.proto`, on the schedule of one context: what is acknowledged is on disk.
///
/// As at a real Axon Server, cancelling what is unknown or was published does nothing and succeeds, and rescheduling it
/// schedules anew. Unlike there, an event whose identifier is stored or scheduled already is refused, because the store
/// would not take it. An event that is being published when it is cancelled counts as published.
public final class EventSchedulerService extends EventSchedulerGrpc.EventSchedulerImplBase {

    private final EventStorage storage;
    private final EventStreams threads;
    private final SchedulePublisher publisher;

    public EventSchedulerService(EventStorage storage, EventStreams threads, SchedulePublisher publisher) {
        this.storage = storage;
        this.threads = threads;
        this.publisher = publisher;
    }

    @Override
    public void scheduleEvent(ScheduleEventRequest request, StreamObserver<ScheduleToken> reply) {
        schedule(request.getEvent(), request.getInstant(), "", reply);
    }

    @Override
    public void rescheduleEvent(RescheduleEventRequest request, StreamObserver<ScheduleToken> reply) {
        schedule(request.getEvent(), request.getInstant(), request.getToken(), reply);
    }

    @Override
    public void cancelScheduledEvent(CancelScheduledEventRequest request, StreamObserver<InstructionAck> reply) {
        Replies.tolerant(reply);
        threads.answer(reply, () -> {
            if (NewEvent.storable(request.getToken())) {
                change(() -> storage.schedules().remove(List.of(request.getToken())));
            }
            return InstructionAck.newBuilder().setSuccess(true).build();
        });
    }

    private void schedule(Event event, long due, String replaced, StreamObserver<ScheduleToken> reply) {
        Replies.tolerant(reply);
        NewEvent added = NewEvent.of(event);
        if (!added.storable()) {
            Replies.fail(reply, ErrorCode.VALIDATION_FAILED.failure(NewEvent.RULE));
        } else if (added.bytes().length > storage.limits().eventBytes().toBytes()) {
            Replies.fail(
                    reply,
                    ErrorCode.EVENT_PAYLOAD_TOO_LARGE.failure(
                            "An event has at most " + storage.limits().eventBytes()));
        } else {
            ScheduledEvent scheduled = new ScheduledEvent(UUID.randomUUID().toString(), due, added);
            threads.answer(reply, () -> {
                change(() -> add(scheduled, NewEvent.storable(replaced) ? replaced : ""));
                publisher.scheduled(due);
                return ScheduleToken.newBuilder().setToken(scheduled.token()).build();
            });
        }
    }

    private void add(ScheduledEvent scheduled, String replaced) throws SQLException {
        if (!storage.schedules().add(scheduled, replaced)) {
            throw ErrorCode.VALIDATION_FAILED.failure("An event of this identifier is already stored or scheduled");
        }
    }

    private interface Change {
        void make() throws SQLException;
    }

    private static void change(Change change) {
        try {
            change.make();
        } catch (SQLException e) {
            throw ErrorCode.STORE_UNAVAILABLE.failure(
                    "The event store cannot be used now; whether the schedule was changed is not known");
        }
    }
}
