package dev.parley.axonserver.eventquery;

import io.axoniq.axonserver.grpc.event.QueryEventsResponse;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Sends of a result what the client does not have yet: rows that are new or changed, and which ones are gone.
final class Changes {

    private final List<String> columns;
    private final Outlet outlet;
    private final boolean more;
    private Map<List<Value>, QueryEventsResponse> sent = Map.of();

    /// @param more whether there will be more than one result
    Changes(List<String> columns, Outlet outlet, boolean more) {
        this.columns = columns;
        this.outlet = outlet;
        this.more = more;
    }

    /// @param rows the whole result, in its order
    void send(List<Row> rows) {
        Map<List<Value>, QueryEventsResponse> now = new HashMap<>();
        for (Row row : rows) {
            QueryEventsResponse message = row.sent(columns);
            if (!message.equals(sent.get(row.id()))) {
                outlet.row(message);
            }
            if (more) {
                now.put(row.id(), message);
            }
        }
        for (List<Value> id : sent.keySet()) {
            if (!now.containsKey(id)) {
                outlet.row(Row.gone(id));
            }
        }
        sent = now;
    }
}
