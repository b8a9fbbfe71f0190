package dev.parley.query.archive;

import co.elastic.clients.elasticsearch._types.aggregations.Aggregate;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// An interval and how many messages were said in it.
///
/// @param at where it begins
record Bucket(Instant at, long count) {

    /// @return in the order of time
    static List<Bucket> of(@Nullable Aggregate histogram) {
        return histogram == null
                ? List.of()
                : histogram.dateHistogram().buckets().array().stream()
                        .map(bucket -> new Bucket(Instant.ofEpochMilli(bucket.key()), bucket.docCount()))
                        .toList();
    }
}
