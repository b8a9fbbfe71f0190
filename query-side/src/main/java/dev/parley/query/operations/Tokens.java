package dev.parley.query.operations;

import dev.parley.messages.serialization.ParleySerializer;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.serialization.SimpleSerializedObject;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// Where every processor of the cluster is, whichever role it belongs to, as `axon.token_entry` has it.
@Component
class Tokens {

    private final JdbcClient jdbc;
    private final ParleySerializer serializer = ParleySerializer.create();

    Tokens(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /// @param position -1 before the first fact
    /// @param node who works on it, null while nobody does
    record Segment(
            String processor,
            int segment,
            long position,
            @Nullable String node) {}

    /// The segments of each processor by its name.
    Map<String, List<Segment>> all() {
        return jdbc
                .sql("select processorname, segment, token, tokentype, owner from axon.token_entry"
                        + " where processorname not like '\\_\\_%' order by 1, 2")
                .query((row, n) -> new Segment(
                        row.getString(1), row.getInt(2), position(row.getBytes(3), row.getString(4)), row.getString(5)))
                .list()
                .stream()
                .collect(Collectors.groupingBy(Segment::processor, TreeMap::new, Collectors.toList()));
    }

    private long position(byte @Nullable [] token, @Nullable String type) {
        if (token == null || type == null) {
            return -1;
        }
        TrackingToken read = serializer.deserialize(new SimpleSerializedObject<>(token, byte[].class, type, null));
        return read.position().orElse(-1);
    }

    static long position(List<Segment> segments) {
        return segments.stream().mapToLong(Segment::position).min().orElse(-1);
    }
}
