package dev.parley.query.archive;

import co.elastic.clients.elasticsearch._types.aggregations.Aggregate;
import co.elastic.clients.elasticsearch._types.aggregations.Aggregation;
import co.elastic.clients.elasticsearch._types.aggregations.StringTermsBucket;
import dev.parley.query.paging.Parameters;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The most frequent values of a field.
final class Top {

    private static final int DEFAULT = 20;
    private static final int MOST = 100;

    private Top() {}

    /// How many values, 1 to 100; 20 where the request does not say.
    static int limit(@Nullable String limit) {
        return limit == null ? DEFAULT : Parameters.limit(limit, MOST);
    }

    /// @param questions about each value's messages
    static Aggregation values(Facet facet, int size, Map<String, Aggregation> questions) {
        return Aggregation.of(one -> one.terms(
                        terms -> terms.field(facet.field()).size(size).shardSize(10 * size + 100))
                .aggregations(questions));
    }

    /// @return most frequent first; none where no document has the field
    static List<StringTermsBucket> values(@Nullable Aggregate answer) {
        return answer != null && answer.isSterms() ? answer.sterms().buckets().array() : List.of();
    }

    /// Messages of values that are not among them.
    static long others(@Nullable Aggregate answer) {
        Long others = answer != null && answer.isSterms() ? answer.sterms().sumOtherDocCount() : null;
        return others == null ? 0 : others;
    }
}
