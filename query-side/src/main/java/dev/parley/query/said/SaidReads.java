package dev.parley.query.said;

import co.elastic.clients.elasticsearch._types.FieldValue;
import co.elastic.clients.elasticsearch._types.SortOrder;
import co.elastic.clients.elasticsearch._types.query_dsl.Query;
import co.elastic.clients.elasticsearch.core.search.FieldCollapse;
import dev.parley.messages.ConversationId;
import dev.parley.messages.MessageId;
import dev.parley.query.QuerySideConfiguration;
import dev.parley.query.history.MessageReads;
import dev.parley.query.progress.ProjectionProgress;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.data.domain.PageRequest;
import org.springframework.data.elasticsearch.client.elc.NativeQuery;
import org.springframework.data.elasticsearch.client.elc.NativeQueryBuilder;
import org.springframework.data.elasticsearch.core.SearchHit;
import org.springframework.data.elasticsearch.core.SearchHits;
import org.springframework.data.elasticsearch.core.query.FetchSourceFilter;
import org.springframework.stereotype.Component;

/// Reads what was said from Elasticsearch. Every read can be refused as `unavailable` ([MessageReads]). Thread-safe.
@Component
public class SaidReads {

    private static final List<FieldValue> BODIES =
            values(SaidDocument.SENT, SaidDocument.IMPORTED, SaidDocument.EDITED);
    private static final int COUNTED = 10_000;

    private final SaidIndex index;
    private final MessageReads reads;
    private final ProjectionProgress progress;

    SaidReads(SaidIndex index, MessageReads reads, ProjectionProgress progress) {
        this.index = index;
        this.reads = reads;
        this.progress = progress;
    }

    /// Waits as [ProjectionProgress#await], for the names of conversations and people too, and makes visible what is
    /// indexed then.
    public void await(@Nullable String after) {
        if (progress.await(after, QuerySideConfiguration.SAID, QuerySideConfiguration.INBOX) >= 0) {
            reads.read(elasticsearch -> {
                index.index().ensure();
                elasticsearch.indexOps(SaidDocument.class).refresh();
                return true;
            });
        }
    }

    /// Facts about a message, in the order of the store.
    ///
    /// @param after a position
    public List<SaidDocument> about(ConversationId conversation, MessageId message, long after, int size) {
        NativeQueryBuilder query = NativeQuery.builder()
                .withQuery(subject(conversation + ":" + message))
                .withSort(sort -> sort.field(field -> field.field("position").order(SortOrder.Asc)))
                .withPageable(PageRequest.of(0, size))
                .withSearchAfter(List.of(after))
                .withTrackTotalHits(false);
        return documents(search(query));
    }

    /// The newest fact with a body about a message, up to a position; none where there is none.
    public List<SaidDocument> bodyUpTo(ConversationId conversation, MessageId message, long position) {
        NativeQueryBuilder query = NativeQuery.builder()
                .withQuery(all -> all.bool(bool -> bool.filter(subject(conversation + ":" + message), bodies())))
                .withSort(sort -> sort.field(field -> field.field("position").order(SortOrder.Desc)))
                .withPageable(PageRequest.of(0, 1))
                .withSearchAfter(List.of(position + 1))
                .withTrackTotalHits(false);
        return documents(search(query));
    }

    /// Facts with a body that a query finds, newest first.
    ///
    /// @param before a position, `Long.MAX_VALUE` for the first page
    SearchHits<SaidDocument> find(Query text, @Nullable ConversationId conversation, long before, int size) {
        NativeQueryBuilder query = NativeQuery.builder()
                .withQuery(all -> all.bool(bool -> {
                    bool.must(text).filter(bodies());
                    return conversation == null
                            ? bool
                            : bool.filter(in ->
                                    in.term(term -> term.field("conversation").value(conversation.toString())));
                }))
                .withSort(sort -> sort.field(field -> field.field("position").order(SortOrder.Desc)))
                .withPageable(PageRequest.of(0, size))
                .withTrackTotalHitsUpTo(COUNTED);
        if (before != Long.MAX_VALUE) {
            query.withSearchAfter(List.of(before));
        }
        return search(query);
    }

    /// Of each of these messages, the newest fact with a body.
    Map<String, SaidDocument> newest(Collection<String> subjects) {
        return one(subjects, bodies(), SortOrder.Desc);
    }

    /// Of each of these messages that was deleted, the fact that deleted it.
    Map<String, SaidDocument> deletions(Collection<String> subjects) {
        Query deleted = Query.of(query -> query.term(term -> term.field("kind").value(SaidDocument.DELETED)));
        return one(subjects, deleted, SortOrder.Asc);
    }

    private Map<String, SaidDocument> one(Collection<String> subjects, Query kinds, SortOrder order) {
        if (subjects.isEmpty()) {
            return Map.of();
        }
        Query named = Query.of(query -> query.terms(terms ->
                terms.field("subject").terms(list -> list.value(values(subjects.toArray(String[]::new))))));
        NativeQueryBuilder query = NativeQuery.builder()
                .withQuery(all -> all.bool(bool -> bool.filter(named, kinds)))
                .withSort(sort -> sort.field(field -> field.field("position").order(order)))
                .withFieldCollapse(FieldCollapse.of(collapse -> collapse.field("subject")))
                .withPageable(PageRequest.of(0, subjects.size()))
                .withTrackTotalHits(false);
        return documents(search(query)).stream().collect(Collectors.toMap(SaidDocument::subject, fact -> fact));
    }

    private SearchHits<SaidDocument> search(NativeQueryBuilder query) {
        query.withSourceFilter(FetchSourceFilter.of(source -> source.withExcludes("text", "parts")));
        reads.read(elasticsearch -> {
            index.index().ensure();
            return true;
        });
        return reads.search(query.build(), SaidDocument.class);
    }

    private static List<SaidDocument> documents(SearchHits<SaidDocument> found) {
        return found.stream().map(SearchHit::getContent).toList();
    }

    private static Query subject(String subject) {
        return Query.of(query -> query.term(term -> term.field("subject").value(subject)));
    }

    private static Query bodies() {
        return Query.of(query -> query.terms(terms -> terms.field("kind").terms(list -> list.value(BODIES))));
    }

    private static List<FieldValue> values(String... texts) {
        return List.of(texts).stream().map(FieldValue::of).toList();
    }
}
