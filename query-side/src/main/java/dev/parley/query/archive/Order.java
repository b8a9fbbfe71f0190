package dev.parley.query.archive;

import co.elastic.clients.elasticsearch._types.SortOptions;
import co.elastic.clients.elasticsearch._types.SortOrder;
import dev.parley.query.paging.Cursor;
import dev.parley.query.paging.Parameters;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.data.elasticsearch.core.SearchHit;

/// Which messages come first, and where a page of them ends. Positions differ and scores stay what they
/// are ([dev.parley.query.search.Searches.Compiled]), so that a cursor means the same place however
/// many messages arrive.
enum Order {
    /// Those that were stored last.
    NEWEST(positions(SortOrder.Desc)),
    OLDEST(positions(SortOrder.Asc)),
    /// Those that the query fits best; the newest of equals.
    RELEVANCE(SortOptions.of(sort -> sort.score(by -> by.order(SortOrder.Desc))), positions(SortOrder.Desc));

    private final List<SortOptions> sorts;

    Order(SortOptions... sorts) {
        this.sorts = List.of(sorts);
    }

    /// @throws dev.parley.messages.RejectedException `invalid`
    static Order of(@Nullable String text) {
        return switch (text) {
            case null -> NEWEST;
            case "newest" -> NEWEST;
            case "oldest" -> OLDEST;
            case "relevance" -> RELEVANCE;
            default -> throw Parameters.invalid("sort", "newest, oldest or relevance");
        };
    }

    List<SortOptions> sorts() {
        return sorts;
    }

    /// Where the page after this hit starts.
    String cursor(SearchHit<?> last) {
        List<Object> values = last.getSortValues();
        long position = ((Number) values.getLast()).longValue();
        return this == RELEVANCE
                ? Cursor.of(list(), ((Number) values.getFirst()).doubleValue() + "," + position)
                : Cursor.of(list(), position);
    }

    /// What `search_after` takes; nothing for the first page.
    ///
    /// @throws dev.parley.messages.RejectedException `invalid` for a cursor of another order or list
    List<Object> after(@Nullable String cursor) {
        return cursor == null ? List.of() : Cursor.key(list(), cursor, this::values);
    }

    private List<Object> values(String key) {
        if (this != RELEVANCE) {
            return List.of(Long.parseLong(key));
        }
        int comma = key.indexOf(',');
        double score = Double.parseDouble(key.substring(0, Math.max(comma, 0)));
        if (!Double.isFinite(score)) {
            throw new IllegalArgumentException("There is no such score");
        }
        return List.of(score, Long.parseLong(key.substring(comma + 1)));
    }

    private String list() {
        return "archive-" + name().toLowerCase(Locale.ROOT);
    }

    private static SortOptions positions(SortOrder order) {
        return SortOptions.of(
                sort -> sort.field(field -> field.field("position").order(order)));
    }
}
