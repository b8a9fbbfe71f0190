package dev.parley.axonserver.eventquery;

import com.google.protobuf.ByteString;
import io.axoniq.axonserver.grpc.MetaDataValue;
import io.axoniq.axonserver.grpc.SerializedObject;
import io.axoniq.axonserver.grpc.event.Event;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

/// Computes queries over a few events in memory.
final class Lab {

    static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

    private final EventQueryProperties properties;
    private final Budget budget;
    private final List<EventFields> events = new ArrayList<>();

    Lab(Map<String, ?> settings) {
        properties =
                new Binder(new MapConfigurationPropertySource(settings)).bindOrCreate("", EventQueryProperties.class);
        budget = new Budget(properties.eventTimeout());
    }

    /// Five events of two orders and a customer, an hour apart, the last one now.
    static Lab withOrders() {
        Lab lab = new Lab(Map.of("eventTimeout", Duration.ofMillis(100)));
        lab.add("Order", "o1", 0, "Placed", "{\"amount\": 10, \"items\": [{\"sku\": \"a\"}, {\"sku\": \"b\"}]}");
        lab.add("Order", "o1", 1, "Shipped", "{\"carrier\": \"van\"}");
        lab.add("Order", "o2", 0, "Placed", "{\"amount\": 32.5, \"items\": []}");
        lab.add("Customer", "c1", 0, "Named", "<name><first>Ada</first><last>L</last></name>");
        lab.add("Order", "o2", 1, "Cancelled", "no json");
        return lab;
    }

    void add(String type, String aggregate, long sequence, String payloadType, String payload) {
        int token = events.size();
        Event event = Event.newBuilder()
                .setMessageIdentifier("m" + token)
                .setAggregateType(type)
                .setAggregateIdentifier(aggregate)
                .setAggregateSequenceNumber(sequence)
                .setTimestamp(NOW.minus(Duration.ofHours(4 - token)).toEpochMilli())
                .setPayload(SerializedObject.newBuilder()
                        .setType(payloadType)
                        .setRevision("1")
                        .setData(ByteString.copyFromUtf8(payload)))
                .putMetaData(
                        "user",
                        MetaDataValue.newBuilder().setTextValue("u" + token % 2).build())
                .putMetaData(
                        "trace-id",
                        MetaDataValue.newBuilder().setNumberValue(token).build())
                .build();
        events.add(new EventFields(token, event, event.getSerializedSize()));
    }

    QueryPlan plan(String query) {
        return PlanCompiler.compile(query, EventFields.COLUMNS, properties, budget, NOW);
    }

    Table table(QueryPlan plan) {
        Table table = new Table(plan, budget);
        for (EventFields event : events) {
            budget.next();
            if (event.event().getTimestamp() >= plan.range().since()) {
                List<Value> token = List.of(Value.of(event.token()));
                table.add(new Row(token, token, token, event));
            }
        }
        return table;
    }

    /// The columns of the result, each row as texts with commas between them.
    List<String> rows(String query) {
        QueryPlan plan = plan(query);
        return table(plan).rows().stream()
                .map(row -> String.join(
                        ",",
                        plan.columns().stream()
                                .map(column -> row.fields().get(column).text())
                                .toList()))
                .toList();
    }

    /// The tokens of the events that are left, without blanks between them.
    String tokens(String query) {
        return String.join(
                "",
                table(plan(query)).rows().stream()
                        .map(row -> row.id().getFirst().text())
                        .toList());
    }
}
