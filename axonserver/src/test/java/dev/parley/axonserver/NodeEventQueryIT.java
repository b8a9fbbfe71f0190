package dev.parley.axonserver;

import static dev.parley.axonserver.Events.append;
import static dev.parley.axonserver.Events.event;
import static dev.parley.axonserver.Events.get;
import static dev.parley.axonserver.Events.id;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import io.axoniq.axonserver.connector.AxonServerConnection;
import io.axoniq.axonserver.connector.ResultStream;
import io.axoniq.axonserver.connector.event.EventQueryResultEntry;
import io.axoniq.axonserver.grpc.event.Event;
import io.axoniq.axonserver.grpc.event.EventStoreGrpc;
import io.axoniq.axonserver.grpc.event.QueryEventsRequest;
import io.axoniq.axonserver.grpc.event.QueryEventsResponse;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.ClientCallStreamObserver;
import io.grpc.stub.ClientResponseObserver;
import io.grpc.stub.StreamObserver;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// Ad hoc event queries, through the connector and on the bare protocol.
class NodeEventQueryIT {

    private static final int AGGREGATES = 10;
    private static final int EVENTS = 60;

    private static TestNode node;
    private static AxonServerConnection connection;

    /// Ten aggregates with 60 events each, in a store of which little is kept in memory and read in small pages.
    @BeforeAll
    static void start() {
        node = TestNode.onEmptyStore(Map.of(
                "storage.tailEvents",
                50,
                "storage.pageBytes",
                "4KB",
                "eventQueries.concurrent",
                3,
                "eventQueries.eventTimeout",
                "200ms"));
        connection = node.connect("queries");
        for (int i = 0; i < AGGREGATES; i++) {
            Events.appendMany(connection, "a" + i, EVENTS);
        }
    }

    @AfterAll
    static void stop() {
        node.close();
    }

    private static ResultStream<EventQueryResultEntry> query(String query, boolean live) {
        return connection.eventChannel().queryEvents(query, live);
    }

    private static List<EventQueryResultEntry> all(ResultStream<EventQueryResultEntry> results) {
        List<EventQueryResultEntry> rows = new ArrayList<>();
        Awaitility.await().until(() -> {
            EventQueryResultEntry row = results.nextIfAvailable();
            while (row != null) {
                rows.add(row);
                row = results.nextIfAvailable();
            }
            return results.isClosed() && results.peek() == null;
        });
        assertThat(results.getError()).isEmpty();
        return rows;
    }

    private static List<EventQueryResultEntry> all(String query) {
        return all(query(query, false));
    }

    private static EventQueryResultEntry next(ResultStream<EventQueryResultEntry> results) throws InterruptedException {
        EventQueryResultEntry row = results.nextIfAvailable(10, TimeUnit.SECONDS);
        assertThat(row).as("row; error: %s", results.getError()).isNotNull();
        return row;
    }

    private static StatusRuntimeException failure(String query) {
        ResultStream<EventQueryResultEntry> results = query(query, false);
        Awaitility.await().until(results::isClosed);
        return (StatusRuntimeException) results.getError().orElseThrow();
    }

    @Test
    void filterGivesTheNewestEventsWithTheirColumns() {
        List<EventQueryResultEntry> rows = all(
                "aggregateSequenceNumber >= 50 and token < 300 | select(token, payloadData, timestamp) | limit(13)");
        assertThat(rows).hasSize(13);
        assertThat(rows)
                .extracting(row -> row.getValueAsLong("token"))
                .contains(237L, 299L, 290L)
                .doesNotContain(236L);
        EventQueryResultEntry newest = rows.stream()
                .filter(row -> row.getValueAsLong("token") == 299)
                .findAny()
                .orElseThrow();
        assertThat(newest.columns()).containsExactly("token", "payloadData", "timestamp");
        assertThat(newest.getValueAsString("payloadData")).isEqualTo("{\"at\":59}");
        assertThat(newest.getValueAsString("timestamp")).isEqualTo("1970-01-01T00:16:40.059Z");
        assertThat(newest.getIdentifiers()).containsExactly(299L);
        assertThat(newest.getSortValues()).containsExactly(299L);
    }

    @Test
    void emptyQueryGivesTheDefaultNumberOfEvents() {
        List<EventQueryResultEntry> rows = all("");
        assertThat(rows).hasSize(200);
        assertThat(rows.getFirst().columns()).hasSize(10).startsWith("token", "eventIdentifier");
    }

    @Test
    void groupsComeOnceAndSorted() {
        List<EventQueryResultEntry> rows = all("aggregateIdentifier match \"a[0-9]\" | groupby(aggregateIdentifier,"
                + " count() as n, avg(jsonpath(payloadData, \"$.at\")) as mean) | sortby(aggregateIdentifier)");
        assertThat(rows).hasSize(AGGREGATES);
        assertThat(rows)
                .extracting(row -> row.getValueAsString("aggregateIdentifier"))
                .isSorted();
        assertThat(rows).allSatisfy(row -> {
            assertThat(row.getValueAsLong("n")).isEqualTo(EVENTS);
            assertThat(row.getValueAsDouble("mean")).isEqualTo(29.5);
            assertThat(row.getIdentifiers()).containsExactly(row.getValueAsString("aggregateIdentifier"));
        });
    }

    @Test
    void oneAggregateIsReadByItsIndex() {
        assertThat(all("aggregateIdentifier = \"a3\" | limit(3)"))
                .extracting(row -> row.getValueAsLong("token"))
                .containsExactlyInAnyOrder(237L, 238L, 239L);
        assertThat(all("aggregateIdentifier = \"a3\" | max(token)").getFirst().getValueAsLong("max"))
                .isEqualTo(239);
        assertThat(all("aggregateIdentifier = \"nobody\"")).isEmpty();
    }

    @Test
    void timeWindowLeavesOutWhatIsOlder() {
        String aggregate = id();
        append(
                connection,
                event(aggregate, 0, "Old", System.currentTimeMillis() - 7_200_000),
                event(aggregate, 1, "New", System.currentTimeMillis()));
        assertThat(all("last hour | payloadType in [\"Old\", \"New\"]"))
                .extracting(row -> row.getValueAsString("payloadType"))
                .containsExactly("New");
    }

    @Test
    void liveQueryGoesOnAndTakesBackWhatIsPushedOut() throws Exception {
        String type = id();
        try (ResultStream<EventQueryResultEntry> rows =
                query("payloadType = \"" + type + "\" | select(aggregateSequenceNumber as n) | limit(2)", true)) {
            String aggregate = id();
            List<Object> first = null;
            for (int i = 0; i < 3; i++) {
                append(connection, event(aggregate, i, type, 1));
                EventQueryResultEntry row = next(rows);
                assertThat(row.getValueAsLong("n")).isEqualTo(i);
                first = first == null ? row.getIdentifiers() : first;
            }
            EventQueryResultEntry pushedOut = next(rows);
            assertThat(pushedOut.getIdentifiers()).isEqualTo(first);
            assertThat((Object) pushedOut.getValue("n")).isNull();
        }
    }

    @Test
    void liveGroupsAreSentAgainWhenTheyChangeAndTakenBackWhenTheyLeave() throws Exception {
        String type = id();
        String aggregate = id();
        append(connection, event(aggregate, 0, type, 1));
        try (ResultStream<EventQueryResultEntry> rows =
                query("payloadType = \"" + type + "\" | groupby(aggregateIdentifier, count() as n) | n < 3", true)) {
            assertThat(next(rows).getValueAsLong("n")).isEqualTo(1);
            append(connection, event(aggregate, 1, type, 1));
            EventQueryResultEntry changed = next(rows);
            assertThat(changed.getValueAsLong("n")).isEqualTo(2);
            assertThat(changed.getIdentifiers()).containsExactly(aggregate);
            append(connection, event(aggregate, 2, type, 1));
            EventQueryResultEntry gone = next(rows);
            assertThat(gone.getIdentifiers()).containsExactly(aggregate);
            assertThat((Object) gone.getValue("n")).isNull();
        }
    }

    @Test
    void snapshotsCanBeQueriedLive() throws Exception {
        String aggregate = id();
        get(connection.eventChannel().appendSnapshot(event(aggregate, 7)));
        try (ResultStream<EventQueryResultEntry> rows =
                connection.eventChannel().querySnapshotEvents("aggregateIdentifier = \"" + aggregate + "\"", true)) {
            EventQueryResultEntry first = next(rows);
            assertThat(first.getValueAsLong("aggregateSequenceNumber")).isEqualTo(7);
            assertThat(first.columns()).doesNotContain("token").hasSize(9);
            get(connection.eventChannel().appendSnapshot(event(aggregate, 9)));
            EventQueryResultEntry replaced = next(rows);
            assertThat(replaced.getValueAsLong("aggregateSequenceNumber")).isEqualTo(9);
            assertThat(replaced.getIdentifiers()).isEqualTo(first.getIdentifiers());
        }
        ResultStream<EventQueryResultEntry> counted =
                connection.eventChannel().querySnapshotEvents("aggregateSequenceNumber = 9 | count()", false);
        assertThat(all(counted).getFirst().getValueAsLong("count")).isPositive();
    }

    @Test
    void refusalSaysWhatAndWhere() {
        StatusRuntimeException refused = failure("token > 1 | bogus(token)");
        assertThat(refused.getStatus().getCode()).isEqualTo(Status.Code.INVALID_ARGUMENT);
        assertThat(refused.getStatus().getDescription()).contains("At character 13", "bogus");
        assertThat(failure("x".repeat(5000)).getStatus().getDescription()).contains("at most 4096");
        ResultStream<EventQueryResultEntry> elsewhere =
                connection.eventChannel().queryEvents("count()", false, "elsewhere");
        Awaitility.await().until(elsewhere::isClosed);
        assertThat(elsewhere.getError().orElseThrow()).hasMessageContaining("elsewhere");
    }

    @Test
    void hostilePatternIsStopped() {
        Event evil = event(id(), 0);
        append(
                connection,
                evil.toBuilder()
                        .setPayload(evil.getPayload().toBuilder()
                                .setType("Evil")
                                .setData(ByteString.copyFromUtf8("a".repeat(60))))
                        .build());
        assertThat(failure("payloadType = \"Evil\" | payloadData match \"(.*a){12}b\"")
                        .getStatus()
                        .getDescription())
                .contains("takes too long");
    }

    @Test
    void tooManyQueriesAreRefusedAndEndedOnesMakeRoom() throws Exception {
        List<ResultStream<EventQueryResultEntry>> open = new ArrayList<>();
        Awaitility.await().untilAsserted(() -> {
            ResultStream<EventQueryResultEntry> more = query("limit(1)", true);
            if (next(more) != null) {
                open.add(more);
            }
            assertThat(open).hasSize(3);
        });
        assertThat(failure("count()").getStatus().getCode()).isEqualTo(Status.Code.RESOURCE_EXHAUSTED);
        open.forEach(ResultStream::close);
        Awaitility.await().untilAsserted(() -> assertThat(all("count()")).hasSize(1));
    }

    @Test
    void rowsWaitForPermits() throws Exception {
        Call call = new Call();
        StreamObserver<QueryEventsRequest> requests =
                EventStoreGrpc.newStub(node.channel()).queryEvents(call);
        requests.onNext(QueryEventsRequest.newBuilder()
                .setQuery("token < 3")
                .setNumberOfPermits(1)
                .build());
        assertThat(call.next().getColumns().getColumnCount()).isEqualTo(10);
        assertThat(call.next().hasRow()).isTrue();
        assertThat(call.received.poll(50, TimeUnit.MILLISECONDS)).isNull();
        requests.onNext(QueryEventsRequest.newBuilder().setNumberOfPermits(2).build());
        assertThat(call.next().hasRow()).isTrue();
        assertThat(call.next().hasRow()).isTrue();
        assertThat(call.next().getFilesCompleted().getSuccess()).isTrue();
        Awaitility.await().until(() -> call.ended);
    }

    @Test
    void cancelledQueryEndsAtOnce() throws Exception {
        Call call = new Call();
        EventStoreGrpc.newStub(node.channel())
                .queryEvents(call)
                .onNext(QueryEventsRequest.newBuilder()
                        .setQuery("")
                        .setNumberOfPermits(1)
                        .build());
        call.next();
        LongSupplier threads = () -> Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("axonserver-query-"))
                .count();
        call.requests.cancel("enough", null);
        Awaitility.await().atMost(Duration.ofSeconds(2)).until(() -> threads.getAsLong() == 0);
    }

    private static final class Call implements ClientResponseObserver<QueryEventsRequest, QueryEventsResponse> {

        private final BlockingQueue<QueryEventsResponse> received = new LinkedBlockingQueue<>();
        private @Nullable ClientCallStreamObserver<QueryEventsRequest> requests;
        private volatile boolean ended;

        QueryEventsResponse next() throws InterruptedException {
            QueryEventsResponse response = received.poll(10, TimeUnit.SECONDS);
            assertThat(response).isNotNull();
            return response;
        }

        @Override
        public void beforeStart(ClientCallStreamObserver<QueryEventsRequest> stream) {
            requests = stream;
        }

        @Override
        public void onNext(QueryEventsResponse response) {
            received.add(response);
        }

        @Override
        public void onError(Throwable t) {
            ended = true;
        }

        @Override
        public void onCompleted() {
            ended = true;
        }
    }
}
