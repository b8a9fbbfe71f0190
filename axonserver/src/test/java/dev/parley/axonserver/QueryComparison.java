package dev.parley.axonserver;

import com.google.protobuf.ByteString;
import io.axoniq.axonserver.connector.AxonServerConnection;
import io.axoniq.axonserver.connector.AxonServerConnectionFactory;
import io.axoniq.axonserver.connector.ResultStream;
import io.axoniq.axonserver.connector.event.EventQueryResultEntry;
import io.axoniq.axonserver.connector.impl.ServerAddress;
import io.axoniq.axonserver.grpc.event.Event;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/// Runs the same queries on this node and on the Axon Server named by its argument `host:port`, over the same events,
/// and prints where the results differ. Tokens are left out, because the other store is not empty.
public final class QueryComparison {

    private static final String PREFIX = "cmp" + System.currentTimeMillis() + "-";

    private static final List<String> QUERIES = List.of(
            "aggregateSequenceNumber > 1",
            "aggregateSequenceNumber >= 1 and aggregateSequenceNumber < 3",
            "not payloadType contains \"ed\"",
            "payloadType in [\"Placed\", \"Named\"]",
            "payloadType match \"P.*\"",
            "payloadType != \"Placed\"",
            "metaData.number = -7 | metaData(\"text\") = \"t\"",
            "metaData.missing != 1",
            "metaData.missing > 1",
            "metaData.missing < 1",
            ">(*(+(aggregateSequenceNumber, 10), 10), 115)",
            "select(aggregateIdentifier, payloadType, aggregateSequenceNumber * 2 + 1 as odd)",
            "select(aggregateSequenceNumber / 2 as half, aggregateSequenceNumber % 2 as rest)",
            "select(upper(payloadType), lower(payloadType), length(payloadType))",
            "select(left(payloadType, 2), right(payloadType, 2) as r, substring(payloadType, 1, 3) as s)",
            "select(concat([aggregateType, payloadType], \"/\"), payloadType + aggregateType as plus)",
            "select(timestamp, formatDate(timestamp, \"yyyy/MM/dd HH:mm\", \"UTC\") as f)",
            "select(hour(timestamp), month(timestamp), year(timestamp))",
            "select(day(timestamp))",
            "select(week(timestamp))",
            "select(minute(timestamp))",
            "select(metaData)",
            "payloadType = \"Placed\" | select(jsonpath(payloadData, \"$.amount\") as a)",
            "payloadType = \"Placed\" | select(jsonpath(payloadData, \"$.items[*].sku\") as skus)",
            "payloadType = \"Named\" | select(xpath(payloadData, \"//first\") as f)",
            "payloadType = \"Named\" | select(xpath(payloadData, \"count(//*)\", \"NUMBER\") as f)",
            "select(jsonpath(payloadData, \"$.amount\") as a)",
            "groupby(payloadType, count())",
            "groupby([aggregateType, payloadType], count() as n, min(aggregateSequenceNumber) as low)",
            "groupby(aggregateType, avg(aggregateSequenceNumber) as mean, max(timestamp) as latest)",
            "groupby(payloadType, count() as n) | n > 1",
            "groupby(payloadType, count() as n) | n > 1 and n < 3",
            "groupby(payloadType, count() as n) | count()",
            "count()",
            "count(aggregateSequenceNumber > 0)",
            "min(timestamp) as \"first\"",
            "avg(aggregateSequenceNumber)",
            "select(aggregateIdentifier, count() as running)",
            "sortby(payloadType)",
            "limit(2)",
            "sortby(payloadType) | limit(2)",
            "last hour | count()",
            "groupby(payloadType, min(aggregateSequenceNumber)) | min > 0",
            "token <> 1",
            "payloadType * 2 > 1",
            "unknown = 1",
            "groupby(payloadType, count(), count(aggregateType))",
            "token >");

    private QueryComparison() {}

    public static void main(String[] arguments) throws Exception {
        String[] address = arguments[0].split(":", 2);
        AxonServerConnectionFactory other = AxonServerConnectionFactory.forClient("compare", "compare")
                .routingServers(new ServerAddress(address[0], Integer.parseInt(address[1])))
                .build();
        try (TestNode node = TestNode.onEmptyStore()) {
            AxonServerConnection ours = node.connect("compare");
            AxonServerConnection theirs = other.connect("default");
            List<Event> events = events();
            Events.append(ours, events.toArray(Event[]::new));
            Events.append(theirs, events.toArray(Event[]::new));
            int same = 0;
            for (String query : QUERIES) {
                String full = "aggregateIdentifier contains \"" + PREFIX + "\" | " + query;
                String here = result(ours, full);
                String there = result(theirs, full);
                if (here.equals(there)) {
                    same++;
                } else {
                    IO.println(query + "\n  here:  " + here + "\n  there: " + there);
                }
            }
            IO.println(same + " of " + QUERIES.size() + " queries have the same result");
        } finally {
            other.shutdown();
        }
    }

    private static List<Event> events() {
        long now = System.currentTimeMillis() / 3_600_000 * 3_600_000;
        return List.of(
                event("o1", "Order", 0, "Placed", now - 9_000_000, "{\"amount\":10,\"items\":[{\"sku\":\"a\"}]}"),
                event("o1", "Order", 1, "Shipped", now - 8_000_000, "{\"carrier\":\"van\"}"),
                event("o1", "Order", 2, "Cancelled", now - 7_000_000, "{}"),
                event("o2", "Order", 0, "Placed", now - 6_000_000, "{\"amount\":32.5,\"items\":[]}"),
                event("c1", "Customer", 0, "Named", now, "<name><first>Ada</first></name>"),
                event("c1", "Customer", 1, "Moved", now, "{\"to\":\"x\"}"));
    }

    private static Event event(
            String aggregate, String type, long sequence, String payloadType, long timestamp, String payload) {
        Event event = Events.event(PREFIX + aggregate, sequence, payloadType, timestamp);
        return event.toBuilder()
                .setAggregateType(type)
                .setPayload(event.getPayload().toBuilder().setData(ByteString.copyFromUtf8(payload)))
                .build();
    }

    /// The table that a client has in the end, in the order of its text.
    private static String result(AxonServerConnection connection, String query) throws InterruptedException {
        Map<List<Object>, String> table = new HashMap<>();
        try (ResultStream<EventQueryResultEntry> rows =
                connection.eventChannel().queryEvents(query, false)) {
            long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(5);
            while ((!rows.isClosed() || rows.peek() != null) && System.nanoTime() < deadline) {
                EventQueryResultEntry row = rows.nextIfAvailable(50, TimeUnit.MILLISECONDS);
                if (row != null) {
                    put(table, row);
                }
            }
            String failure = rows.getError()
                    .map(error -> " failed: " + error.getMessage())
                    .orElse("");
            List<String> sorted = new ArrayList<>(table.values());
            sorted.sort(null);
            return sorted + failure;
        }
    }

    private static void put(Map<List<Object>, String> table, EventQueryResultEntry row) {
        Map<String, Object> values = new TreeMap<>();
        for (String column : row.columns()) {
            Object value = row.getValue(column);
            if (value != null && !column.equals("token")) {
                values.put(column, value);
            }
        }
        if (values.isEmpty()) {
            table.remove(row.getIdentifiers());
        } else {
            table.put(row.getIdentifiers(), values.toString().replace(PREFIX, ""));
        }
    }
}
