package dev.parley.query.history;

import co.elastic.clients.elasticsearch._types.FieldValue;
import co.elastic.clients.elasticsearch._types.aggregations.Aggregation;
import co.elastic.clients.elasticsearch._types.aggregations.StringTermsBucket;
import co.elastic.clients.elasticsearch._types.query_dsl.Query;
import dev.parley.query.history.MessagePages.Sight;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.springframework.data.domain.Pageable;
import org.springframework.data.elasticsearch.client.elc.ElasticsearchAggregation;
import org.springframework.data.elasticsearch.client.elc.ElasticsearchAggregations;
import org.springframework.data.elasticsearch.client.elc.NativeQuery;
import org.springframework.data.elasticsearch.core.AggregationsContainer;
import org.springframework.stereotype.Component;

/// How many messages answer those of a page: one request a page, without its messages.
@Component
class ReplyCounts {

    private static final String REPLIES = "replies";

    private final MessageReads messages;

    ReplyCounts(MessageReads messages) {
        this.messages = messages;
    }

    /// Those that the caller may see and that were not deleted, by the id of the message they answer; one that nothing
    /// answers is absent.
    Map<String, Long> of(Sight sight, List<MessageDocument> page) {
        if (page.isEmpty()) {
            return Map.of();
        }
        List<FieldValue> ids =
                page.stream().map(document -> FieldValue.of(document.message())).toList();
        Query answers =
                Query.of(query -> query.terms(terms -> terms.field("replyTo").terms(values -> values.value(ids))));
        NativeQuery query = NativeQuery.builder()
                .withQuery(sight.filter(answers))
                .withPageable(Pageable.ofSize(1))
                .withMaxResults(0)
                .withTrackTotalHits(false)
                .withAggregation(REPLIES, counted(ids.size()))
                .build();
        AggregationsContainer<?> found = messages.search(query).getAggregations();
        return found instanceof ElasticsearchAggregations aggregations ? counts(aggregations) : Map.of();
    }

    private static Aggregation counted(int size) {
        return Aggregation.of(
                aggregation -> aggregation.terms(terms -> terms.field("replyTo").size(size)));
    }

    private static Map<String, Long> counts(ElasticsearchAggregations aggregations) {
        ElasticsearchAggregation found = aggregations.get(REPLIES);
        if (found == null) {
            return Map.of();
        }
        return found.aggregation().getAggregate().sterms().buckets().array().stream()
                .collect(Collectors.toMap(bucket -> bucket.key().stringValue(), StringTermsBucket::docCount));
    }
}
