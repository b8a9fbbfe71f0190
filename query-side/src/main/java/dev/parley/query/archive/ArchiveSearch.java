package dev.parley.query.archive;

import co.elastic.clients.elasticsearch._types.query_dsl.Query;
import co.elastic.clients.json.JsonData;
import dev.parley.query.history.MessageDocument;
import java.util.List;
import org.springframework.data.domain.PageRequest;
import org.springframework.data.elasticsearch.client.elc.NativeQuery;
import org.springframework.data.elasticsearch.client.elc.NativeQueryBuilder;
import org.springframework.data.elasticsearch.core.SearchHit;
import org.springframework.data.elasticsearch.core.SearchHits;
import org.springframework.data.elasticsearch.core.query.FetchSourceFilter;
import org.springframework.stereotype.Component;

/// Asks Elasticsearch for messages of the archive, a page at a time.
@Component
class ArchiveSearch {

    /// What is only there to be searched in.
    private static final String[] UNSHOWN = {"text", "parts", "scripts", "attached"};

    private final ArchiveReads reads;

    ArchiveSearch(ArchiveReads reads) {
        this.reads = reads;
    }

    /// @param after what the page before ended with, nothing for the first
    /// @return with the number of hits on all pages
    SearchHits<MessageDocument> find(Look look, Order order, List<Object> after, int size) {
        return reads.search(
                page(look.query(), order, after, size).withTrackTotalHits(true).build());
    }

    /// The position of the newest message there is on every copy of the index, -1 where there is none.
    long newest() {
        reads.refresh();
        Query all = Query.of(query -> query.matchAll(everything -> everything));
        return reads
                .search(page(all, Order.NEWEST, List.of(), 1)
                        .withTrackTotalHits(false)
                        .build())
                .stream()
                .mapToLong(hit -> hit.getContent().position())
                .findFirst()
                .orElse(-1);
    }

    /// Messages one after the other as they were stored.
    ///
    /// @param after the position to start after
    /// @param newest the position to end with
    List<MessageDocument> next(Look look, long after, long newest, int size) {
        Query known = Query.of(query -> query.bool(bool -> bool.filter(look.query())
                .filter(range -> range.range(bounds ->
                        bounds.untyped(position -> position.field("position").lte(JsonData.of(newest)))))));
        return reads
                .search(page(known, Order.OLDEST, List.of(after), size)
                        .withTrackTotalHits(false)
                        .build())
                .stream()
                .map(SearchHit::getContent)
                .toList();
    }

    private static NativeQueryBuilder page(Query query, Order order, List<Object> after, int size) {
        NativeQueryBuilder page = NativeQuery.builder()
                .withQuery(query)
                .withSort(order.sorts())
                .withPageable(PageRequest.of(0, size))
                .withSourceFilter(FetchSourceFilter.of(source -> source.withExcludes(UNSHOWN)));
        return after.isEmpty() ? page : page.withSearchAfter(after);
    }
}
