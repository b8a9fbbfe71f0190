package dev.parley.axonserver;

import static dev.parley.axonserver.Events.append;
import static dev.parley.axonserver.Events.event;
import static dev.parley.axonserver.Events.failure;
import static dev.parley.axonserver.Events.get;
import static dev.parley.axonserver.Events.id;
import static dev.parley.axonserver.Events.take;
import static dev.parley.axonserver.Events.tryAppend;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import io.axoniq.axonserver.connector.AxonServerConnection;
import io.axoniq.axonserver.connector.event.EventStream;
import io.axoniq.axonserver.grpc.event.Event;
import io.axoniq.axonserver.grpc.event.EventWithToken;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class NodeEventStoreIT {

    private static TestNode node;
    private static AxonServerConnection connection;

    @BeforeAll
    static void start() {
        node = TestNode.onEmptyStore();
        connection = node.connect("store");
    }

    @AfterAll
    static void stop() {
        node.close();
    }

    @Test
    void emptyStoreHasTokensToStartFrom() throws Exception {
        try (TestNode empty = TestNode.onEmptyStore()) {
            AxonServerConnection client = empty.connect("empty");
            assertThat(get(client.eventChannel().getFirstToken())).isEqualTo(-1);
            assertThat(get(client.eventChannel().getLastToken())).isEqualTo(-1);
            assertThat(get(client.eventChannel().getTokenAt(0))).isEqualTo(-1);
            try (EventStream stream = client.eventChannel().openStream(-1, 64)) {
                append(client, event(id(), 0));
                assertThat(take(stream, 1).getFirst().getToken()).isZero();
            }
        }
    }

    /// As the protocol says; Axon Server SE 4.6 leaves out the last one.
    @Test
    void aggregateIsReadUpToASequenceNumberAndWithIt() {
        String aggregate = id();
        Events.appendMany(connection, aggregate, 10);
        assertThat(connection
                        .eventChannel()
                        .openAggregateStream(aggregate, 4, 6)
                        .asStream())
                .extracting(Event::getAggregateSequenceNumber)
                .containsExactly(4L, 5L, 6L);
    }

    @Test
    void sameEventIdentifierIsRefusedAndHarmsNobodyElse() {
        Event stored = event(id(), 0);
        append(connection, stored);
        var others = IntStream.range(0, 20)
                .mapToObj(i -> tryAppend(connection, event(id(), 0)))
                .toList();
        Event copy = event(id(), 0).toBuilder()
                .setMessageIdentifier(stored.getMessageIdentifier())
                .build();
        assertThat(failure(tryAppend(connection, copy)).getErrorCode()).isEqualTo("AXONIQ-9200");
        others.forEach(other -> assertThat(get(other).getSuccess()).isTrue());
    }

    @Test
    void identifiersThatCannotBeStoredAreRefused() {
        assertThat(failure(tryAppend(connection, event("a\0b", 0))).getErrorCode())
                .isEqualTo("AXONIQ-9200");
        assertThat(failure(tryAppend(connection, event("x".repeat(501), 0))).getErrorCode())
                .isEqualTo("AXONIQ-9200");
    }

    @Test
    void tooLargeTransactionIsRefused() {
        Event[] events = new Event[6];
        String aggregate = id();
        for (int i = 0; i < events.length; i++) {
            Event event = event(aggregate, i);
            events[i] = event.toBuilder()
                    .setPayload(event.getPayload().toBuilder().setData(ByteString.copyFrom(new byte[3_000_000])))
                    .build();
        }
        assertThat(failure(tryAppend(connection, events)).getErrorCode()).isEqualTo("AXONIQ-2001");
        append(connection, events[0]);
        assertThat(connection
                        .eventChannel()
                        .openAggregateStream(aggregate)
                        .asStream()
                        .toList())
                .containsExactly(events[0]);
    }

    @Test
    void tokenOfAnotherStoreIsRefused() {
        try (EventStream stream = connection.eventChannel().openStream(1_000_000_000, 64)) {
            Awaitility.await().until(stream::isClosed);
            assertThat(stream.getError().orElseThrow()).hasMessageContaining("another event store");
        }
    }

    @Test
    void readerThatDoesNotReadHoldsUpNobody() throws Exception {
        try (TestNode small = TestNode.onEmptyStore(Map.of("storage.tailEvents", 50, "storage.pageBytes", "10KB"));
                EventStream idle = small.connect("idle").eventChannel().openStream(-1, 64, 16)) {
            AxonServerConnection busy = small.connect("busy");
            try (EventStream reading = busy.eventChannel().openStream(-1, 64, 16)) {
                for (int i = 0; i < 20; i++) {
                    Events.appendMany(busy, id(), 100);
                }
                assertThat(take(reading, 2000).getLast().getToken()).isEqualTo(1999);
            }
            long expected = 0;
            for (EventWithToken event : take(idle, 2000)) {
                assertThat(event.getToken()).isEqualTo(expected++);
            }
            assertThat(idle.nextIfAvailable(50, TimeUnit.MILLISECONDS)).isNull();
        }
    }

    @Test
    void eventsOutliveTheNode() throws Exception {
        try (TestNode mortal = TestNode.onEmptyStore()) {
            String aggregate = id();
            AxonServerConnection before = mortal.connect("before");
            append(before, event(aggregate, 0), event(aggregate, 1));
            before.disconnect();
            mortal.restart();
            AxonServerConnection after = mortal.connect("after");
            assertThat(get(after.eventChannel().getLastToken())).isEqualTo(1);
            append(after, event(aggregate, 2));
            try (EventStream stream = after.eventChannel().openStream(-1, 64)) {
                assertThat(take(stream, 3)).extracting(EventWithToken::getToken).containsExactly(0L, 1L, 2L);
            }
            assertThat(failure(tryAppend(after, event(aggregate, 2))).getErrorCode())
                    .isEqualTo("AXONIQ-2000");
        }
    }

    @Test
    void snapshotThatComesLateIsListedWhereItBelongs() {
        String aggregate = id();
        Events.appendMany(connection, aggregate, 6);
        for (int sequence : new int[] {1, 4, 2}) {
            get(connection.eventChannel().appendSnapshot(event(aggregate, sequence, "Snapshot", sequence)));
        }
        assertThat(connection
                        .eventChannel()
                        .loadSnapshots(aggregate, 0, Long.MAX_VALUE, 10)
                        .asStream()
                        .map(Event::getAggregateSequenceNumber))
                .containsExactly(4L, 2L, 1L);
        assertThat(connection
                        .eventChannel()
                        .loadSnapshots(aggregate, 2, 4, 1)
                        .asStream()
                        .map(Event::getAggregateSequenceNumber))
                .containsExactly(4L);
    }
}
