package dev.parley.axonserver.eventquery;

import io.axoniq.axonserver.grpc.event.QueryEventsResponse;
import io.axoniq.axonserver.grpc.event.RowResponse;
import java.util.List;

/// A row on its way through a query. Immutable.
///
/// @param id what tells it from the other rows; a later row with the same id replaces it
/// @param rank its place where the query does not sort: the token of an event, the key of a group
/// @param sort by what clients sort it
record Row(List<Value> id, List<Value> rank, List<Value> sort, Fields fields) {

    Row with(Fields others) {
        return new Row(id, rank, sort, others);
    }

    Row sortedBy(List<Value> values) {
        return new Row(id, rank, values, fields);
    }

    long bytes() {
        long bytes = 128 + fields.bytes();
        for (Value value : id) {
            bytes += value.bytes();
        }
        return bytes;
    }

    QueryEventsResponse sent(List<String> columns) {
        RowResponse.Builder row = RowResponse.newBuilder();
        id.forEach(value -> row.addIdValues(value.sent()));
        sort.forEach(value -> row.addSortValues(value.sent()));
        columns.forEach(column -> row.putValues(column, fields.get(column).sent()));
        return QueryEventsResponse.newBuilder().setRow(row).build();
    }

    /// How clients are told that a row is no longer part of the result: its id without values.
    static QueryEventsResponse gone(List<Value> id) {
        RowResponse.Builder row = RowResponse.newBuilder();
        id.forEach(value -> row.addIdValues(value.sent()));
        return QueryEventsResponse.newBuilder().setRow(row).build();
    }
}
