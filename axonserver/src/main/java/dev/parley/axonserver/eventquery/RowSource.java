package dev.parley.axonserver.eventquery;

import dev.parley.axonserver.eventquery.Value.Text;
import dev.parley.axonserver.eventquery.Value.Time;
import dev.parley.axonserver.storage.StoredEvent;
import io.axoniq.axonserver.grpc.event.Event;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Makes the rows that go into a query.
record RowSource(EventRange range, Budget budget) {

    /// The row of an event; null if it is outside of the query's time window.
    @Nullable
    Row row(StoredEvent stored) {
        budget.next();
        if (!EventScan.inTime(range, stored)) {
            return null;
        }
        List<Value> token = List.of(Value.of(stored.index()));
        return new Row(token, token, token, new EventFields(stored.index(), stored.event(), stored.bytes()));
    }

    /// The row of a snapshot, which its aggregate tells from the others; null if it is outside of the time window.
    @Nullable
    Row row(Event snapshot) {
        budget.next();
        if (snapshot.getTimestamp() < range.since()) {
            return null;
        }
        List<Value> time = List.of(new Time(snapshot.getTimestamp()));
        return new Row(
                List.of(new Text(snapshot.getAggregateIdentifier())),
                time,
                time,
                new EventFields(-1, snapshot, snapshot.getSerializedSize()));
    }
}
