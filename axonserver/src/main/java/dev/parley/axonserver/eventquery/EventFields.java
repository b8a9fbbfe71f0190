package dev.parley.axonserver.eventquery;

import com.google.protobuf.ByteString;
import dev.parley.axonserver.eventquery.Value.Entries;
import dev.parley.axonserver.eventquery.Value.Text;
import dev.parley.axonserver.eventquery.Value.Time;
import io.axoniq.axonserver.grpc.MetaDataValue;
import io.axoniq.axonserver.grpc.event.Event;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// The columns of an event or a snapshot, made when they are asked for.
///
/// @param token index in the log; snapshots have none
/// @param bytes size on the wire
record EventFields(long token, Event event, long bytes) implements Fields {

    static final String TOKEN = "token";
    static final String AGGREGATE = "aggregateIdentifier";
    static final String META_DATA = "metaData";

    /// What an event has, in the order in which a client shows it.
    static final List<String> COLUMNS = List.of(
            TOKEN,
            "eventIdentifier",
            AGGREGATE,
            "aggregateSequenceNumber",
            "aggregateType",
            "payloadType",
            "payloadRevision",
            "payloadData",
            "timestamp",
            META_DATA);

    /// What a snapshot has.
    static final List<String> SNAPSHOT_COLUMNS = COLUMNS.subList(1, COLUMNS.size());

    @Override
    public Value get(String column) {
        return switch (column) {
            case TOKEN -> Value.of(token);
            case "eventIdentifier" -> new Text(event.getMessageIdentifier());
            case AGGREGATE -> new Text(event.getAggregateIdentifier());
            case "aggregateSequenceNumber" -> Value.of(event.getAggregateSequenceNumber());
            case "aggregateType" -> new Text(event.getAggregateType());
            case "payloadType" -> new Text(event.getPayload().getType());
            case "payloadRevision" -> new Text(event.getPayload().getRevision());
            case "payloadData" -> new Text(event.getPayload().getData().toStringUtf8());
            case "timestamp" -> new Time(event.getTimestamp());
            case META_DATA -> metaData();
            default -> Value.NOTHING;
        };
    }

    private Entries metaData() {
        Map<String, Value> entries = new TreeMap<>();
        event.getMetaDataMap().forEach((key, value) -> entries.put(key, value(value)));
        return new Entries(entries);
    }

    private static Value value(MetaDataValue value) {
        return switch (value.getDataCase()) {
            case TEXT_VALUE -> new Text(value.getTextValue());
            case NUMBER_VALUE -> Value.of(value.getNumberValue());
            case BOOLEAN_VALUE -> Value.of(value.getBooleanValue());
            case DOUBLE_VALUE -> number(value.getDoubleValue());
            case BYTES_VALUE -> bytes(value.getBytesValue().getData());
            case DATA_NOT_SET -> Value.NOTHING;
        };
    }

    /// Infinite and undefined numbers are texts: no arithmetic with them.
    static Value number(double number) {
        return Double.isFinite(number)
                ? new Value.Numeric(BigDecimal.valueOf(number))
                : new Text(Double.toString(number));
    }

    private static Value bytes(ByteString data) {
        return data.isValidUtf8() ? new Text(data.toStringUtf8()) : new Text("<binary>");
    }
}
