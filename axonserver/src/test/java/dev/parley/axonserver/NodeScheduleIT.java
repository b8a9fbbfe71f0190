package dev.parley.axonserver;

import static dev.parley.axonserver.Events.append;
import static dev.parley.axonserver.Events.event;
import static dev.parley.axonserver.Events.failure;
import static dev.parley.axonserver.Events.get;
import static dev.parley.axonserver.Events.id;
import static dev.parley.axonserver.Events.loose;
import static dev.parley.axonserver.Events.take;
import static org.assertj.core.api.Assertions.assertThat;

import io.axoniq.axonserver.connector.AxonServerConnection;
import io.axoniq.axonserver.connector.event.EventStream;
import io.axoniq.axonserver.grpc.event.Event;
import io.axoniq.axonserver.grpc.event.EventWithToken;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// Events that are published at a time.
class NodeScheduleIT {

    private static TestNode node;
    private static AxonServerConnection connection;

    @BeforeAll
    static void start() {
        node = TestNode.onEmptyStore();
        connection = node.connect("planner");
    }

    @AfterAll
    static void stop() {
        node.close();
    }

    private static EventStream fromNow() {
        return connection
                .eventChannel()
                .openStream(get(connection.eventChannel().getLastToken()), 64);
    }

    private static String schedule(Instant due, Event event) {
        return get(connection.eventChannel().scheduleEvent(due, event));
    }

    private static long scheduled() {
        return node.database().number("select count(*) from axonserver.schedule");
    }

    private static List<String> types(List<EventWithToken> events) {
        return events.stream().map(e -> e.getEvent().getPayload().getType()).toList();
    }

    @Test
    void eventsComeInTheOrderInWhichTheyAreDueWithTheTimeOfTheirPublication() throws Exception {
        try (EventStream stream = fromNow()) {
            Instant now = Instant.now();
            schedule(now.plusMillis(500), loose("Third"));
            schedule(now.plusMillis(250), loose("Second"));
            schedule(now.plusMillis(500), loose("Fourth"));
            schedule(now.minusSeconds(60), loose("First"));
            List<EventWithToken> events = take(stream, 4);
            assertThat(types(events)).containsExactly("First", "Second", "Third", "Fourth");
            assertThat(events.getLast().getEvent().getTimestamp())
                    .isBetween(now.toEpochMilli() + 500, System.currentTimeMillis());
            Awaitility.await().until(() -> scheduled() == 0);
        }
    }

    @Test
    void cancelledEventDoesNotCome() throws Exception {
        try (EventStream stream = fromNow()) {
            Instant soon = Instant.now().plusMillis(300);
            String cancelled = schedule(soon, loose("Cancelled"));
            schedule(soon.plusMillis(100), loose("Kept"));
            assertThat(get(connection.eventChannel().cancelSchedule(cancelled)).getSuccess())
                    .isTrue();
            assertThat(types(take(stream, 1))).containsExactly("Kept");
        }
    }

    @Test
    void unknownOrPublishedEventCanBeCancelledAndRescheduled() throws Exception {
        try (EventStream stream = fromNow()) {
            String published = schedule(Instant.now(), loose("Published"));
            take(stream, 1);
            assertThat(get(connection.eventChannel().cancelSchedule(published)).getSuccess())
                    .isTrue();
            assertThat(get(connection.eventChannel().cancelSchedule("unknown")).getSuccess())
                    .isTrue();
            String again = get(connection.eventChannel().reschedule(published, Instant.now(), loose("Again")));
            assertThat(again).isNotEqualTo(published);
            assertThat(types(take(stream, 1))).containsExactly("Again");
        }
    }

    @Test
    void rescheduledEventComesOnceAndAtTheNewTime() throws Exception {
        try (EventStream stream = fromNow()) {
            Event event = loose("Moved");
            String token = schedule(Instant.now().plus(Duration.ofDays(1)), event);
            get(connection.eventChannel().reschedule(token, Instant.now(), event));
            assertThat(take(stream, 1).getFirst().getEvent().getMessageIdentifier())
                    .isEqualTo(event.getMessageIdentifier());
            Awaitility.await().until(() -> scheduled() == 0);
        }
    }

    @Test
    void identifierThatIsStoredOrScheduledIsRefused() {
        Event stored = loose("Stored");
        append(connection, stored);
        assertThat(failure(connection.eventChannel().scheduleEvent(Instant.now(), stored))
                        .getErrorCode())
                .isEqualTo("AXONIQ-9200");
        Event waiting = loose("Waiting");
        String token = schedule(Instant.now().plusSeconds(1000), waiting);
        assertThat(failure(connection.eventChannel().scheduleEvent(Instant.now(), waiting))
                        .getErrorCode())
                .isEqualTo("AXONIQ-9200");
        get(connection.eventChannel().cancelSchedule(token));
    }

    @Test
    void eventThatCanNeverBePublishedHoldsUpNobodyAndIsKept() throws Exception {
        try (EventStream stream = fromNow()) {
            Instant soon = Instant.now().plusMillis(300);
            String misfit = schedule(soon, event(id(), 17));
            schedule(soon, loose("Behind"));
            assertThat(types(take(stream, 1))).containsExactly("Behind");
            assertThat(node.database()
                            .number("select count(*) from axonserver.schedule where problem like '%AXONIQ-2000%'"))
                    .isEqualTo(1);
            get(connection.eventChannel().cancelSchedule(misfit));
            assertThat(scheduled()).isZero();
        }
    }

    @Test
    void overdueEventsComeOnceAfterARestartThatLeftThemHalfPublished() throws Exception {
        try (TestNode mortal = TestNode.onEmptyStore()) {
            AxonServerConnection client = mortal.connect("before");
            List<Event> events = new ArrayList<>();
            for (int i = 0; i < 280; i++) {
                events.add(loose("Overdue" + i));
            }
            Instant later = Instant.now().plusSeconds(1000);
            events.forEach(event -> get(client.eventChannel().scheduleEvent(later, event)));
            // As if the node had been killed between appending these and taking them out of the schedule.
            append(client, events.get(0), events.get(150));
            client.disconnect();
            mortal.database().execute("update axonserver.schedule set due = 0");
            mortal.restart();
            AxonServerConnection after = mortal.connect("after");
            try (EventStream stream = after.eventChannel().openStream(-1, 1024)) {
                List<String> expected = new ArrayList<>(List.of("Overdue0", "Overdue150"));
                events.forEach(event -> expected.add(event.getPayload().getType()));
                expected.subList(2, expected.size()).removeAll(List.of("Overdue0", "Overdue150"));
                assertThat(types(take(stream, 280))).isEqualTo(expected);
                Awaitility.await()
                        .until(() -> mortal.database().number("select count(*) from axonserver.schedule") == 0);
                assertThat(stream.nextIfAvailable(50, TimeUnit.MILLISECONDS)).isNull();
            }
        }
    }

    @Test
    void eventComesWhenTheScheduleCanBeReadAgain() throws Exception {
        try (TestNode mortal = TestNode.onEmptyStore()) {
            AxonServerConnection client = mortal.connect("client");
            Instant due = Instant.now().plusMillis(300);
            get(client.eventChannel().scheduleEvent(due, loose("Patient")));
            mortal.database().execute("alter table axonserver.schedule rename to elsewhere");
            Awaitility.await().until(() -> System.currentTimeMillis() > due.toEpochMilli());
            mortal.database().execute("alter table axonserver.elsewhere rename to schedule");
            try (EventStream stream = client.eventChannel().openStream(-1, 64)) {
                assertThat(types(take(stream, 1))).containsExactly("Patient");
            }
        }
    }
}
