package dev.parley.query.archive;

import co.elastic.clients.elasticsearch._types.SortOptions;
import co.elastic.clients.elasticsearch._types.SortOrder;
import co.elastic.clients.elasticsearch._types.aggregations.Aggregate;
import co.elastic.clients.elasticsearch._types.aggregations.Aggregation;
import co.elastic.clients.elasticsearch._types.query_dsl.FunctionBoostMode;
import co.elastic.clients.elasticsearch._types.query_dsl.Query;
import dev.parley.query.archive.TermsController.Term;
import dev.parley.query.archive.TermsController.Terms;
import dev.parley.query.history.MessageDocument;
import java.util.List;
import java.util.Map;
import org.springframework.data.domain.PageRequest;
import org.springframework.data.elasticsearch.client.elc.NativeQuery;
import org.springframework.data.elasticsearch.client.elc.NativeQueryBuilder;
import org.springframework.data.elasticsearch.core.SearchHit;
import org.springframework.data.elasticsearch.core.SearchHits;
import org.springframework.data.elasticsearch.core.query.FetchSourceFilter;
import org.springframework.stereotype.Component;

/// Counts words of a sample, because the index knows which messages hold a word and not which words a
/// message holds: to keep that in memory for all messages (`fielddata`) would take as much as the
/// archive is large.
@Component
class TopTerms {

    /// A word in one of a hundred messages is told to within a third of that (three standard
    /// deviations).
    private static final int SAMPLE = 5_000;

    private static final int PAGE = 1_000;
    private static final String SAMPLED = "sampled";
    private static final String TERMS = "terms";
    private static final String[] SHOWN = {
        "text", "message", "conversation", "sender", "at", "seq", "position", "imported"
    };

    private final ArchiveReads reads;

    TopTerms(ArchiveReads reads) {
        this.reads = reads;
    }

    /// Words of all messages that are found, or of a sample drawn by lot. The same messages have the
    /// same lots, so that the answer stays the same as long as they do.
    Terms frequent(Look look, int size) {
        WordCounts counts = new WordCounts();
        List<Object> after = List.of();
        long total = 0;
        long sampled = 0;
        while (sampled < SAMPLE) {
            SearchHits<MessageDocument> page = reads.search(sample(look.query(), after));
            total = page.getTotalHits();
            for (SearchHit<MessageDocument> hit : page) {
                String text = hit.getContent().text();
                counts.add(text == null ? "" : text);
                after = hit.getSortValues();
                sampled++;
            }
            if (page.getSearchHits().size() < PAGE) {
                break;
            }
        }
        return new Terms(
                total,
                sampled,
                counts.top(size).stream()
                        .map(word -> new Term(word.getKey(), word.getValue(), null))
                        .toList());
    }

    private static NativeQuery sample(Query query, List<Object> after) {
        Query lots = Query.of(all -> all.functionScore(scored -> scored.query(query)
                .functions(function ->
                        function.randomScore(random -> random.seed("parley").field("_seq_no")))
                .boostMode(FunctionBoostMode.Replace)));
        NativeQueryBuilder builder = NativeQuery.builder()
                .withQuery(lots)
                .withSort(List.of(
                        SortOptions.of(sort -> sort.score(by -> by.order(SortOrder.Desc))),
                        SortOptions.of(sort ->
                                sort.field(field -> field.field("position").order(SortOrder.Desc)))))
                .withPageable(PageRequest.of(0, PAGE))
                .withTrackTotalHits(true)
                .withSourceFilter(FetchSourceFilter.of(source -> source.withIncludes(SHOWN)));
        if (!after.isEmpty()) {
            builder.withSearchAfter(after);
        }
        return builder.build();
    }

    /// Words of the best of the messages that are found, compared with all messages, by Elasticsearch
    /// (`significant_text`). Where everything is found nothing is significant.
    Terms significant(Look look, int size) {
        Aggregation question = Aggregation.of(one -> one.sampler(sampler -> sampler.shardSize(SAMPLE))
                .aggregations(
                        TERMS,
                        words -> words.significantText(text ->
                                text.field("text").size(size).minDocCount(2L).filterDuplicateText(true))));
        Map<String, Aggregate> answers = reads.aggregate(
                look.query(), Map.of(SAMPLED, question, "total", Aggregation.of(all -> all.filter(look.others(null)))));
        Aggregate sampled = answers.get(SAMPLED);
        Aggregate total = answers.get("total");
        if (sampled == null || total == null) {
            return new Terms(0, 0, List.of());
        }
        Aggregate terms = sampled.sampler().aggregations().get(TERMS);
        return new Terms(
                total.filter().docCount(),
                sampled.sampler().docCount(),
                terms == null || !terms.isSigsterms()
                        ? List.of()
                        : terms.sigsterms().buckets().array().stream()
                                .map(word -> new Term(word.key(), word.docCount(), word.bgCount()))
                                .toList());
    }
}
