package dev.parley.axonserver;

import static dev.parley.axonserver.Events.append;
import static dev.parley.axonserver.Events.appendMany;
import static dev.parley.axonserver.Events.event;
import static dev.parley.axonserver.Events.get;
import static dev.parley.axonserver.Events.id;
import static dev.parley.axonserver.Events.loose;
import static dev.parley.axonserver.Events.take;
import static org.assertj.core.api.Assertions.assertThat;

import io.axoniq.axonserver.connector.event.EventStream;
import io.axoniq.axonserver.grpc.event.Event;
import io.axoniq.axonserver.grpc.event.EventWithToken;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/// What event processors rely on when they follow the log, at any Axon Server.
interface TrackingContract extends Contract {

    private long head() {
        return get(connection().eventChannel().getLastToken());
    }

    private static List<Long> tokens(List<EventWithToken> events) {
        return events.stream().map(EventWithToken::getToken).toList();
    }

    private static List<Long> range(long first, int count) {
        return LongStream.range(first, first + count).boxed().toList();
    }

    @Test
    default void streamBeginsAfterItsToken() throws Exception {
        long head = head();
        appendMany(connection(), id(), 20);
        try (EventStream stream = connection().eventChannel().openStream(head + 5, 64)) {
            assertThat(tokens(take(stream, 15))).isEqualTo(range(head + 6, 15));
        }
    }

    @Test
    default void streamGoesOnWithWhatIsAppendedLater() throws Exception {
        long head = head();
        try (EventStream stream = connection().eventChannel().openStream(head, 64)) {
            appendMany(connection(), id(), 3);
            assertThat(tokens(take(stream, 3))).isEqualTo(range(head + 1, 3));
            append(connection(), loose("Later"));
            EventWithToken later = take(stream, 1).getFirst();
            assertThat(later.getToken()).isEqualTo(head + 4);
            assertThat(later.getEvent().getPayload().getType()).isEqualTo("Later");
        }
    }

    @Test
    default void allEventsComeWhenPermitsAreFewerThanEvents() throws Exception {
        long head = head();
        appendMany(connection(), id(), 400);
        try (EventStream stream = connection().eventChannel().openStream(head, 64, 16)) {
            assertThat(tokens(take(stream, 400))).isEqualTo(range(head + 1, 400));
        }
    }

    @Test
    default void unwantedTypesAreLeftOutButTheTokenMovesOn() throws Exception {
        long head = head();
        try (EventStream stream = connection().eventChannel().openStream(head, 64)) {
            stream.excludePayloadType("Noise", "1");
            append(connection(), event(id(), 0, "Marker", 1));
            take(stream, 1);
            String noisy = id();
            for (int i = 0; i < 2500; i += 500) {
                Object[] events = LongStream.range(i, i + 500)
                        .mapToObj(n -> event(noisy, n, "Noise", n))
                        .toArray();
                append(connection(), Arrays.copyOf(events, 500, Event[].class));
            }
            append(connection(), event(id(), 0, "Marker", 1));
            List<EventWithToken> seen = take(stream, 3);
            assertThat(seen)
                    .extracting(e -> e.getEvent().getPayload().getType())
                    .containsExactly("Noise", "Noise", "Marker");
            assertThat(seen.getLast().getToken()).isEqualTo(head + 1 + 2500 + 1);
        }
    }

    @Test
    default void tokenAtATimeLeadsToTheFirstEventFromThenOn() {
        long base = System.currentTimeMillis() + 100_000L * (head() + 10);
        String aggregate = id();
        append(
                connection(),
                event(aggregate, 0, "A", base),
                event(aggregate, 1, "B", base + 10),
                event(aggregate, 2, "C", base + 5),
                event(aggregate, 3, "D", base + 20));
        long last = head();
        assertThat(get(connection().eventChannel().getTokenAt(base))).isEqualTo(last - 4);
        assertThat(get(connection().eventChannel().getTokenAt(base + 1))).isEqualTo(last - 3);
        assertThat(get(connection().eventChannel().getTokenAt(base + 11))).isEqualTo(last - 1);
        assertThat(get(connection().eventChannel().getTokenAt(base + 21))).isEqualTo(last);
    }

    @Test
    default void tokenAtTheBeginningOfTimeIsBeforeTheFirstEvent() {
        append(connection(), loose("Marker"));
        assertThat(get(connection().eventChannel().getTokenAt(0))).isEqualTo(-1);
    }

    @Test
    default void lastTokenIsThatOfTheLastEvent() throws Exception {
        long before = head();
        append(connection(), loose("Last"));
        assertThat(head()).isEqualTo(before + 1);
        try (EventStream stream = connection().eventChannel().openStream(head() - 1, 64)) {
            assertThat(take(stream, 1).getFirst().getEvent().getPayload().getType())
                    .isEqualTo("Last");
        }
    }

    @Test
    default void logBeginsAtZero() throws Exception {
        append(connection(), loose("Marker"));
        try (EventStream stream = connection().eventChannel().openStream(-1, 64)) {
            assertThat(take(stream, 1).getFirst().getToken()).isZero();
        }
    }

    @Test
    default void streamsAreIndependent() throws Exception {
        long head = head();
        try (EventStream slow = connection().eventChannel().openStream(head, 16, 16);
                EventStream fast = connection().eventChannel().openStream(head, 64)) {
            appendMany(connection(), id(), 300);
            assertThat(tokens(take(fast, 300))).isEqualTo(range(head + 1, 300));
            assertThat(tokens(take(slow, 300))).isEqualTo(range(head + 1, 300));
        }
    }

    @Test
    default void firstTokenIsBeforeTheFirstEvent() {
        assertThat(get(connection().eventChannel().getFirstToken())).isEqualTo(-1);
    }

    @Test
    default void closedStreamIsClosed() throws Exception {
        EventStream stream = connection().eventChannel().openStream(-1, 64);
        stream.close();
        assertThat(stream.nextIfAvailable(10, TimeUnit.MILLISECONDS))
                .satisfiesAnyOf(
                        next -> assertThat(next).isNull(),
                        next -> assertThat(next.getToken()).isNotNegative());
    }
}
