package dev.parley.query.search;

import co.elastic.clients.elasticsearch._types.SortOptions;
import co.elastic.clients.elasticsearch._types.SortOrder;
import dev.parley.query.paging.Cursor;
import dev.parley.query.paging.Parameters;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.data.elasticsearch.core.SearchHit;

/// How hits are ordered, and where a page of them ends. Positions differ and scores stay what they are, so that a
/// cursor
/// means the same place however many messages arrive.
enum Order {
    /// Newest first.
    TIME("search"),
    /// What fits best first, newest first among what fits alike.
    RELEVANCE("search-relevance");

    private static final SortOptions BY_POSITION =
            SortOptions.of(sort -> sort.field(field -> field.field("position").order(SortOrder.Desc)));
    private static final SortOptions BY_SCORE =
            SortOptions.of(sort -> sort.score(score -> score.order(SortOrder.Desc)));

    private final String list;

    Order(String list) {
        this.list = list;
    }

    /// @throws dev.parley.messages.RejectedException `invalid`, field `sort`
    static Order of(@Nullable String sort) {
        return Arrays.stream(values())
                .filter(order -> sort == null
                        ? order == TIME
                        : order.name().toLowerCase(Locale.ROOT).equals(sort))
                .findFirst()
                .orElseThrow(() -> Parameters.invalid("sort", "Sort by time or relevance"));
    }

    List<SortOptions> sorts() {
        return this == TIME ? List.of(BY_POSITION) : List.of(BY_SCORE, BY_POSITION);
    }

    /// Where the page after this hit starts.
    String cursor(SearchHit<?> last) {
        List<Object> values = last.getSortValues();
        long position = ((Number) values.getLast()).longValue();
        return this == TIME
                ? Cursor.of(list, position)
                : Cursor.of(list, ((Number) values.getFirst()).doubleValue() + "," + position);
    }

    /// What `search_after` takes; null for the first page.
    ///
    /// @throws dev.parley.messages.RejectedException `invalid`, field `cursor`, if it is not of this order
    @Nullable
    List<Object> after(@Nullable String cursor) {
        return cursor == null ? null : Cursor.key(list, cursor, this::values);
    }

    private List<Object> values(String key) {
        if (this == TIME) {
            return List.of(Long.parseLong(key));
        }
        int comma = key.indexOf(',');
        double score = Double.parseDouble(key.substring(0, Math.max(comma, 0)));
        if (!Double.isFinite(score)) {
            throw new IllegalArgumentException("no score");
        }
        return List.of(score, Long.parseLong(key.substring(comma + 1)));
    }
}
