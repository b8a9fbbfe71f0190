package dev.parley.query.archive;

import co.elastic.clients.elasticsearch._types.aggregations.Aggregate;
import co.elastic.clients.elasticsearch._types.aggregations.Aggregation;
import dev.parley.messages.archive.ArchiveFilters;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A time from its first to its last millisecond.
record Span(Instant first, Instant last) {

    private static final String FIRST = "first";
    private static final String LAST = "last";

    /// Questions whose answers [#of] reads.
    static Map<String, Aggregation> questions() {
        return Map.of(
                FIRST,
                Aggregation.of(one -> one.min(min -> min.field("at"))),
                LAST,
                Aggregation.of(one -> one.max(max -> max.field("at"))));
    }

    /// @return null where there are no messages
    static @Nullable Span of(Map<String, Aggregate> answers) {
        Aggregate first = answers.get(FIRST);
        Aggregate last = answers.get(LAST);
        Double from = first == null ? null : first.min().value();
        Double to = last == null ? null : last.max().value();
        return from == null || to == null || !Double.isFinite(from) || !Double.isFinite(to)
                ? null
                : new Span(Instant.ofEpochMilli(from.longValue()), Instant.ofEpochMilli(to.longValue()));
    }

    /// From the time that was asked for on, and up to it, also where there are no messages.
    Span wide(ArchiveFilters filters) {
        return new Span(
                filters.since() == null ? first : filters.since(),
                filters.until() == null || !filters.until().isAfter(first)
                        ? last
                        : filters.until().minusMillis(1));
    }
}
