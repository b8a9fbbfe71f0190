package dev.parley.query.chain;

import dev.parley.query.QuerySideSchema;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// Where the log, read again, was not what the chain says: `query_side.chain_break`, the gauge
/// `parley.query-side.chain.breaks` and an error in the log. The chain stays as it was. Thread-safe.
@Component
class Breaks {

    private static final Logger log = LoggerFactory.getLogger(Breaks.class);
    private static final int SHOWN = 100;

    private final JdbcClient jdbc;
    private final AtomicLong count = new AtomicLong();

    Breaks(JdbcClient jdbc, QuerySideSchema schema, MeterRegistry meters) {
        this.jdbc = jdbc;
        meters.gauge("parley.query-side.chain.breaks", count);
    }

    /// @param what `altered`, `missing` (the log has no fact there any more) or `added` (the chain has none)
    record Break(long position, String what, Instant seenAt) {}

    /// Compares facts that were read again with the chain's, and keeps the differences.
    ///
    /// @param chain all that the chain has between the first and the last of `again`
    void compare(List<Link> chain, List<Link> again) {
        Map<Long, byte[]> found = new HashMap<>();
        again.forEach(link -> found.put(link.position(), link.leaf()));
        long news = 0;
        for (Link expected : chain) {
            byte[] leaf = found.remove(expected.position());
            if (!Arrays.equals(expected.leaf(), leaf)) {
                news += add(expected.position(), expected.leaf(), leaf);
            }
        }
        for (Map.Entry<Long, byte[]> unknown : found.entrySet()) {
            news += add(unknown.getKey(), null, unknown.getValue());
        }
        if (news > 0) {
            log.atError()
                    .addKeyValue("breaks", news)
                    .addKeyValue("from", again.getFirst().position())
                    .addKeyValue("to", again.getLast().position())
                    .log("The event store is not what it was: facts differ from the digests taken when they were new");
        }
    }

    /// Those with the lowest positions, a hundred at most.
    List<Break> first() {
        return jdbc.sql("""
                select position, case when found is null then 'missing' when expected is null then 'added'
                    else 'altered' end, seen_at
                from query_side.chain_break order by position limit ?""")
                .param(SHOWN)
                .query((row, n) -> new Break(
                        row.getLong(1),
                        row.getString(2),
                        row.getObject(3, OffsetDateTime.class).toInstant()))
                .list();
    }

    /// Brings the gauge up to what all nodes saw.
    void count() {
        count.set(jdbc.sql("select count(*) from query_side.chain_break")
                .query(Long.class)
                .single());
    }

    private int add(long position, byte @Nullable [] expected, byte @Nullable [] found) {
        return jdbc.sql("""
                insert into query_side.chain_break (position, expected, found, seen_at) values (?, ?, ?, ?)
                on conflict do nothing""")
                .params(Arrays.asList(position, expected, found, Instant.now().atOffset(ZoneOffset.UTC)))
                .update();
    }
}
