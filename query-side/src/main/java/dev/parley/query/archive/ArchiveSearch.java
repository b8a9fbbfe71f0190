package dev.parley.query.archive;

import co.elastic.clients.elasticsearch._types.SortOptions;
import co.elastic.clients.elasticsearch._types.SortOrder;
import co.elastic.clients.elasticsearch._types.query_dsl.Query;
import co.elastic.clients.json.JsonData;
import dev.parley.query.history.MessageDocument;
import dev.parley.query.search.Marked;
import dev.parley.query.search.Searches.Compiled;
import java.util.List;
import org.springframework.data.domain.PageRequest;
import org.springframework.data.elasticsearch.client.elc.NativeQuery;
import org.springframework.data.elasticsearch.client.elc.NativeQueryBuilder;
import org.springframework.data.elasticsearch.core.SearchHits;
import org.springframework.data.elasticsearch.core.query.FetchSourceFilter;
import org.springframework.data.elasticsearch.core.query.HighlightQuery;
import org.springframework.data.elasticsearch.core.query.highlight.Highlight;
import org.springframework.data.elasticsearch.core.query.highlight.HighlightField;
import org.springframework.data.elasticsearch.core.query.highlight.HighlightFieldParameters;
import org.springframework.stereotype.Component;

/// Asks Elasticsearch for one page of the archive.
@Component
class ArchiveSearch {

    private static final String TEXT = "text";
    /// What is only there to be searched in.
    private static final String[] UNSHOWN = {TEXT, "parts", "has", "scripts", "attached"};

    private final ArchiveReads reads;

    ArchiveSearch(ArchiveReads reads) {
        this.reads = reads;
    }

    /// @param size messages at most
    SearchHits<MessageDocument> find(Look look, Place place, int size) {
        NativeQueryBuilder query = NativeQuery.builder()
                .withQuery(upTo(look.query(), place.newest()))
                .withSort(sort(place.order()))
                .withPageable(new Window(place.skipped(), size))
                .withTrackTotalHits(true)
                .withSourceFilter(FetchSourceFilter.of(source -> source.withExcludes(UNSHOWN)));
        if (look.text() != null) {
            query.withHighlightQuery(marks(look.text()));
        }
        if (place.order() != Order.RELEVANCE && !place.isFirst()) {
            query.withSearchAfter(List.of(place.after()));
        }
        return reads.search(query.build());
    }

    /// The position of the newest message there is, -1 where there is none.
    long newest() {
        NativeQuery query = NativeQuery.builder()
                .withQuery(all -> all.matchAll(everything -> everything))
                .withSort(sort -> sort.field(field -> field.field("position").order(SortOrder.Desc)))
                .withPageable(PageRequest.of(0, 1))
                .withTrackTotalHits(false)
                .withSourceFilter(FetchSourceFilter.of(source -> source.withExcludes(UNSHOWN)))
                .build();
        return reads.search(query).stream()
                .mapToLong(hit -> hit.getContent().position())
                .findFirst()
                .orElse(-1);
    }

    /// Messages one after the other as they were stored.
    ///
    /// @param after the position to start after
    /// @param newest the position to end with
    List<MessageDocument> next(Look look, long after, long newest, int size) {
        NativeQuery query = NativeQuery.builder()
                .withQuery(upTo(look.query(), newest))
                .withSort(sort(Order.OLDEST))
                .withPageable(PageRequest.of(0, size))
                .withTrackTotalHits(false)
                .withSearchAfter(List.of(after))
                .withSourceFilter(FetchSourceFilter.of(source -> source.withExcludes(UNSHOWN)))
                .build();
        return reads.search(query).stream().map(hit -> hit.getContent()).toList();
    }

    private static Query upTo(Query query, long newest) {
        if (newest == Long.MAX_VALUE) {
            return query;
        }
        return Query.of(both -> both.bool(bool -> bool.must(query)
                .filter(known -> known.range(range ->
                        range.untyped(position -> position.field("position").lte(JsonData.of(newest)))))));
    }

    private static List<SortOptions> sort(Order order) {
        SortOptions score = SortOptions.of(sort -> sort.score(by -> by.order(SortOrder.Desc)));
        return switch (order) {
            case NEWEST -> List.of(positions(SortOrder.Desc));
            case OLDEST -> List.of(positions(SortOrder.Asc));
            case RELEVANCE -> List.of(score, positions(SortOrder.Desc));
        };
    }

    private static SortOptions positions(SortOrder order) {
        return SortOptions.of(
                sort -> sort.field(field -> field.field("position").order(order)));
    }

    private static HighlightQuery marks(Compiled text) {
        HighlightFieldParameters parameters = HighlightFieldParameters.builder()
                .withPreTags(Marked.MARK)
                .withPostTags(Marked.UNMARK)
                .withNumberOfFragments(0)
                .withHighlightQuery(
                        NativeQuery.builder().withQuery(text.marks()).build())
                .build();
        return new HighlightQuery(new Highlight(List.of(new HighlightField(TEXT, parameters))), MessageDocument.class);
    }
}
