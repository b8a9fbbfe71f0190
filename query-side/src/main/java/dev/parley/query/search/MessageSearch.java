package dev.parley.query.search;

import co.elastic.clients.elasticsearch._types.query_dsl.Query;
import dev.parley.query.history.MessageDocument;
import dev.parley.query.history.MessageReads;
import dev.parley.query.history.Visible;
import dev.parley.query.inbox.Memberships.Interval;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.data.domain.PageRequest;
import org.springframework.data.elasticsearch.client.elc.NativeQuery;
import org.springframework.data.elasticsearch.client.elc.NativeQueryBuilder;
import org.springframework.data.elasticsearch.core.SearchHits;
import org.springframework.data.elasticsearch.core.query.FetchSourceFilter;
import org.springframework.stereotype.Component;

/// Asks Elasticsearch for the messages that somebody searches for and may see.
@Component
class MessageSearch {

    /// Counting further would visit every match.
    private static final int COUNTED = 10_000;

    private final MessageReads messages;

    MessageSearch(MessageReads messages) {
        this.messages = messages;
    }

    /// @param sought what finds them
    /// @param intervals what the caller may see, not empty
    /// @param after what the page before ended with, null for the first
    SearchHits<MessageDocument> find(
            Query sought, List<Interval> intervals, Order order, @Nullable List<Object> after, int size) {
        Query visible = Visible.messages(intervals);
        Query found = Query.of(q -> q.bool(
                bool -> order == Order.RELEVANCE ? bool.must(sought).filter(visible) : bool.filter(sought, visible)));
        NativeQueryBuilder query = NativeQuery.builder()
                .withQuery(found)
                .withSort(order.sorts())
                .withPageable(PageRequest.of(0, size))
                .withTrackTotalHitsUpTo(COUNTED)
                .withSourceFilter(
                        FetchSourceFilter.of(source -> source.withExcludes(WordQueries.TEXT, WordQueries.PARTS)));
        if (after != null) {
            query.withSearchAfter(after);
        }
        return messages.search(query.build());
    }
}
