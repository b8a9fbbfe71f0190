package dev.parley.query.search;

import co.elastic.clients.elasticsearch._types.SortOrder;
import dev.parley.query.history.MessageDocument;
import dev.parley.query.history.MessageReads;
import dev.parley.query.history.Visible;
import dev.parley.query.inbox.Memberships.Interval;
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

/// Asks Elasticsearch for the messages with certain words that somebody may see, newest first, so that pages stay what
/// they were while messages are added.
@Component
class MessageSearch {

    private static final String TEXT = "text";
    /// Counting further would visit every match.
    private static final int COUNTED = 10_000;

    private final MessageReads messages;

    MessageSearch(MessageReads messages) {
        this.messages = messages;
    }

    /// @param intervals what the caller may see, not empty
    /// @param before the position that the page before ended with, `Long.MAX_VALUE` for the first
    SearchHits<MessageDocument> find(Searches.Compiled text, List<Interval> intervals, long before, int size) {
        NativeQueryBuilder query = NativeQuery.builder()
                .withQuery(all -> all.bool(bool -> bool.must(text.query()).filter(Visible.messages(intervals))))
                .withSort(sort -> sort.field(field -> field.field("position").order(SortOrder.Desc)))
                .withPageable(PageRequest.of(0, size))
                .withTrackTotalHitsUpTo(COUNTED)
                .withSourceFilter(FetchSourceFilter.of(source -> source.withExcludes(TEXT)))
                .withHighlightQuery(marks(text));
        if (before != Long.MAX_VALUE) {
            query.withSearchAfter(List.of(before));
        }
        return messages.search(query.build());
    }

    private static HighlightQuery marks(Searches.Compiled text) {
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
