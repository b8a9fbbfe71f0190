package dev.parley.axonserver;

import static dev.parley.axonserver.Events.append;
import static dev.parley.axonserver.Events.event;
import static dev.parley.axonserver.Events.get;
import static dev.parley.axonserver.Events.id;
import static dev.parley.axonserver.Messages.all;
import static org.assertj.core.api.Assertions.assertThat;

import io.axoniq.axonserver.connector.ResultStream;
import io.axoniq.axonserver.connector.event.EventQueryResultEntry;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/// Ad hoc queries over stored events, in the query language of Axon Server, at any Axon Server.
interface EventQueryContract extends Contract {

    private List<EventQueryResultEntry> ask(String query) {
        return all(connection().eventChannel().queryEvents(query, false));
    }

    /// Five events of now: sequence numbers 0 to 4, types A B A B A.
    private String five() {
        String aggregate = id();
        long now = System.currentTimeMillis();
        for (int i = 0; i < 5; i++) {
            append(connection(), event(aggregate, i, i % 2 == 0 ? "A" : "B", now + i));
        }
        return aggregate;
    }

    private static String of(String aggregate) {
        return "aggregateIdentifier = \"" + aggregate + "\"";
    }

    @Test
    default void eventsOfAnAggregateAreFound() {
        String aggregate = five();
        List<EventQueryResultEntry> rows = ask(of(aggregate));
        assertThat(rows).hasSize(5);
        assertThat(rows)
                .extracting(row -> row.getValueAsLong("aggregateSequenceNumber"))
                .containsExactlyInAnyOrder(0L, 1L, 2L, 3L, 4L);
        assertThat(rows).allSatisfy(row -> {
            assertThat(row.getValueAsString("aggregateIdentifier")).isEqualTo(aggregate);
            assertThat(row.getValueAsString("aggregateType")).isEqualTo("Thing");
            assertThat(row.getValueAsString("payloadType")).isIn("A", "B");
            assertThat(row.getValueAsString("payloadRevision")).isEqualTo("1");
        });
    }

    @Test
    default void conditionsNarrowWhatIsFound() {
        String aggregate = five();
        assertThat(ask(of(aggregate) + " and aggregateSequenceNumber > 2")).hasSize(2);
        assertThat(ask(of(aggregate) + " and payloadType = \"B\"")).hasSize(2);
        assertThat(ask(of(aggregate) + " and (aggregateSequenceNumber = 0 or payloadType = \"B\")"))
                .hasSize(3);
        assertThat(ask(of(aggregate) + " and payloadType != \"A\"")).hasSize(2);
        assertThat(ask(of(aggregate) + " and payloadType contains \"B\"")).hasSize(2);
        assertThat(ask(of(id()))).isEmpty();
    }

    @Test
    default void foundEventsAreCounted() {
        List<EventQueryResultEntry> rows = ask(of(five()) + " | count()");
        assertThat(rows.getLast().getValueAsLong("count")).isEqualTo(5);
    }

    @Test
    default void columnsAreSelected() {
        List<EventQueryResultEntry> rows =
                ask(of(five()) + " | select(aggregateSequenceNumber as number, payloadType as type)");
        assertThat(rows).hasSize(5);
        assertThat(rows).allSatisfy(row -> assertThat(row.columns()).contains("number", "type"));
        assertThat(rows).extracting(row -> row.getValueAsString("type")).contains("A", "B");
    }

    @Test
    default void groupsAreCounted() {
        List<EventQueryResultEntry> rows = ask(of(five()) + " | groupby(payloadType, count() as n)");
        Map<String, Long> newest = new HashMap<>();
        rows.forEach(row -> newest.put(row.getValueAsString("payloadType"), row.getValueAsLong("n")));
        assertThat(newest).containsOnly(Map.entry("A", 3L), Map.entry("B", 2L));
    }

    @Test
    default void onlyRecentEventsAreFoundWhenAskedSo() {
        String aggregate = id();
        append(
                connection(),
                event(aggregate, 0, "Old", 1_000_000),
                event(aggregate, 1, "New", System.currentTimeMillis()));
        assertThat(ask(of(aggregate) + " | last 5 minutes"))
                .extracting(row -> row.getValueAsString("payloadType"))
                .containsExactly("New");
    }

    @Test
    default void liveQueryGoesOnWithWhatIsAppendedLater() throws Exception {
        String aggregate = five();
        try (ResultStream<EventQueryResultEntry> rows =
                connection().eventChannel().queryEvents(of(aggregate), true)) {
            for (int i = 0; i < 5; i++) {
                assertThat(rows.nextIfAvailable(10, TimeUnit.SECONDS)).isNotNull();
            }
            append(connection(), event(aggregate, 5, "Live", System.currentTimeMillis()));
            assertThat(rows.nextIfAvailable(10, TimeUnit.SECONDS).getValueAsString("payloadType"))
                    .isEqualTo("Live");
        }
    }

    @Test
    default void snapshotsAreFound() {
        String aggregate = five();
        get(connection().eventChannel().appendSnapshot(event(aggregate, 4, "Snap", System.currentTimeMillis())));
        assertThat(all(connection().eventChannel().querySnapshotEvents(of(aggregate), false)))
                .extracting(row -> row.getValueAsString("payloadType"))
                .containsExactly("Snap");
    }

    @Test
    default void queryThatCannotBeReadIsRefused() {
        try (ResultStream<EventQueryResultEntry> rows =
                connection().eventChannel().queryEvents("aggregateIdentifier = = (", false)) {
            Awaitility.await().until(rows::isClosed);
            assertThat(rows.getError()).isPresent();
        }
    }
}
