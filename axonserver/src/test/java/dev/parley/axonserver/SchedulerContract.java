package dev.parley.axonserver;

import static dev.parley.axonserver.Events.append;
import static dev.parley.axonserver.Events.get;
import static dev.parley.axonserver.Events.id;
import static dev.parley.axonserver.Events.loose;
import static dev.parley.axonserver.Events.take;
import static org.assertj.core.api.Assertions.assertThat;

import io.axoniq.axonserver.connector.event.EventChannel;
import io.axoniq.axonserver.connector.event.EventStream;
import io.axoniq.axonserver.grpc.event.Event;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/// What scheduled events rely on, at any Axon Server.
interface SchedulerContract extends Contract {

    private EventChannel events() {
        return connection().eventChannel();
    }

    private EventStream fromNow() {
        return events().openStream(get(events().getLastToken()), 64);
    }

    private static Event next(EventStream stream) throws InterruptedException {
        return take(stream, 1).getFirst().getEvent();
    }

    @Test
    default void scheduledEventIsAppendedAsItWasWhenItsTimeHasCome() throws Exception {
        try (EventStream stream = fromNow()) {
            Event event = loose("Due");
            Instant due = Instant.now().plusMillis(500);
            assertThat(get(events().scheduleEvent(due, event))).isNotEmpty();
            append(connection(), loose("Before"));
            assertThat(next(stream).getPayload().getType()).isEqualTo("Before");
            Event fired = next(stream);
            assertThat(Instant.now().plusMillis(1)).isAfterOrEqualTo(due);
            assertThat(fired.getMessageIdentifier()).isEqualTo(event.getMessageIdentifier());
            assertThat(fired.getPayload()).isEqualTo(event.getPayload());
            assertThat(fired.getMetaDataMap()).isEqualTo(event.getMetaDataMap());
        }
    }

    @Test
    default void eventThatIsOverdueIsAppendedAtOnce() throws Exception {
        try (EventStream stream = fromNow()) {
            Event event = loose("Overdue");
            get(events().scheduleEvent(Instant.now().minusSeconds(60), event));
            assertThat(next(stream).getMessageIdentifier()).isEqualTo(event.getMessageIdentifier());
        }
    }

    @Test
    default void cancelledEventIsNotAppended() throws Exception {
        try (EventStream stream = fromNow()) {
            String token = get(events().scheduleEvent(Duration.ofMillis(500), loose("Cancelled")));
            assertThat(get(events().cancelSchedule(token)).getSuccess()).isTrue();
            get(events().scheduleEvent(Duration.ofMillis(800), loose("Later")));
            assertThat(next(stream).getPayload().getType()).isEqualTo("Later");
        }
    }

    @Test
    default void rescheduledEventTakesThePlaceOfTheFirst() throws Exception {
        try (EventStream stream = fromNow()) {
            String token = get(events().scheduleEvent(Duration.ofMillis(400), loose("First")));
            String next = get(events().reschedule(token, Duration.ofMillis(700), loose("Instead")));
            assertThat(next).isNotEmpty();
            assertThat(next(stream).getPayload().getType()).isEqualTo("Instead");
        }
    }

    @Test
    default void whatWasAppendedOrNeverScheduledIsCancelledWithoutComplaint() throws Exception {
        try (EventStream stream = fromNow()) {
            String token = get(events().scheduleEvent(Duration.ofMillis(1), loose("Gone")));
            take(stream, 1);
            assertThat(get(events().cancelSchedule(token)).getSuccess()).isTrue();
            assertThat(get(events().cancelSchedule(id())).getSuccess()).isTrue();
        }
    }

    @Test
    default void rescheduleOfWhatIsNotScheduledAnyMoreSchedules() throws Exception {
        try (EventStream stream = fromNow()) {
            assertThat(get(events().reschedule(id(), Duration.ofMillis(1), loose("New"))))
                    .isNotEmpty();
            assertThat(next(stream).getPayload().getType()).isEqualTo("New");
        }
    }
}
