package dev.parley.query.said;

import co.elastic.clients.elasticsearch.ElasticsearchClient;
import co.elastic.clients.elasticsearch._types.FieldValue;
import co.elastic.clients.elasticsearch._types.SortOrder;
import co.elastic.clients.elasticsearch._types.query_dsl.Query;
import co.elastic.clients.elasticsearch.core.SearchRequest;
import co.elastic.clients.elasticsearch.core.search.Hit;
import dev.parley.messages.MessageId;
import dev.parley.messages.conversation.ConversationEvent;
import dev.parley.messages.conversation.ConversationEvent.MessageDeleted;
import dev.parley.messages.conversation.ConversationEvent.MessageEdited;
import dev.parley.messages.conversation.ConversationEvent.MessageImported;
import dev.parley.messages.conversation.ConversationEvent.MessageSent;
import dev.parley.messages.conversation.ConversationEvent.ReactionAdded;
import dev.parley.messages.conversation.ConversationEvent.ReactionRemoved;
import dev.parley.query.batch.Recorded;
import dev.parley.query.batch.Storable;
import dev.parley.query.rebuild.ExpectedSums;
import dev.parley.query.rebuild.GenerationIndex;
import dev.parley.query.rebuild.Verification;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.jdbc.core.JdbcTemplate;

/// Compares an index of what was said with what the log lets expect: for each 256 facts of a
/// conversation how many of them are about messages, and a hash of what they say, without the code that
/// makes documents. Memory holds one page of documents; what is found in them is added up in a table of
/// its own.
final class SaidComparison {

    static final String EXPECTED = "expected_said";
    static final String ACTUAL = "actual_said";

    private static final int FACTS = 256;
    /// Of one request, and of one where their bodies are too long for one answer.
    private static final int DOCUMENTS = 2_000;
    private static final int LONG_DOCUMENTS = 256;

    /// Looked for at once.
    private static final int PIECES = 32;
    private static final String KIND = "facts";
    private static final String SUMS = "select key, kind, n, hash from query_side." + ACTUAL;
    private static final List<String> FIELDS =
            List.of("kind", "subject", "by", "fact", "conversation", "message", "position", "seq", "at", "body");

    private final ElasticsearchClient client;
    private final GenerationIndex index;
    private final ExpectedSums expected;
    private final ExpectedSums actual;

    SaidComparison(ElasticsearchClient client, GenerationIndex index, JdbcTemplate next) {
        this.client = client;
        this.index = index;
        this.expected = new ExpectedSums(next, EXPECTED);
        this.actual = new ExpectedSums(next, ACTUAL);
    }

    /// What these facts let expect, in the caller's transaction.
    void expect(List<Recorded<ConversationEvent>> facts) {
        expected.restart();
        for (Recorded<ConversationEvent> recorded : facts) {
            String row = row(recorded);
            if (row != null) {
                expected.add(piece(recorded.fact().conversation().toString(), recorded.seq()), KIND, row);
            }
        }
        expected.write();
    }

    private static @Nullable String row(Recorded<ConversationEvent> recorded) {
        return switch (recorded.fact()) {
            case MessageSent it -> row(recorded, "sent", it.message(), recorded.seq(), it.sender(), it.at(), it.body());
            case MessageImported it ->
                row(recorded, "imported", it.message(), recorded.seq(), it.sender(), it.at(), it.body());
            case MessageEdited it ->
                row(recorded, "edited", it.message(), it.messageSeq(), it.by(), it.at(), it.body());
            case MessageDeleted it -> row(recorded, "deleted", it.message(), it.messageSeq(), it.by(), it.at(), null);
            case ReactionAdded it ->
                row(recorded, "reacted", it.message(), it.messageSeq(), it.account(), it.at(), null);
            case ReactionRemoved it ->
                row(recorded, "unreacted", it.message(), it.messageSeq(), it.account(), it.at(), null);
            default -> null;
        };
    }

    private static String row(
            Recorded<ConversationEvent> recorded,
            String kind,
            MessageId message,
            long seq,
            Object by,
            Instant at,
            @Nullable String body) {
        return row(
                kind,
                recorded.fact().conversation() + ":" + message,
                by,
                recorded.seq(),
                recorded.fact().conversation(),
                message,
                recorded.position(),
                seq,
                at.toEpochMilli(),
                body == null ? null : Storable.text(body));
    }

    /// In the order of [#FIELDS].
    private static String row(@Nullable Object... values) {
        StringBuilder row = new StringBuilder();
        for (Object value : values) {
            row.append(value).append(' ');
        }
        return row.toString();
    }

    private static String piece(String conversation, long fact) {
        return conversation + ":" + fact / FACTS;
    }

    /// All documents.
    Verification all() {
        actual.clear();
        add(Query.of(query -> query.matchAll(all -> all)));
        return counted(expected.verify(SUMS));
    }

    /// Those of the pieces that were written to since the last comparison, and how many there are in all.
    Verification changed() {
        List<String> pieces = new ArrayList<>(expected.changed());
        actual.restart();
        actual.forget(pieces);
        for (int from = 0; from < pieces.size(); from += PIECES) {
            List<Query> places = pieces.subList(from, Math.min(pieces.size(), from + PIECES)).stream()
                    .map(SaidComparison::place)
                    .toList();
            add(Query.of(query -> query.bool(bool -> bool.filter(filter -> filter.bool(any -> any.should(places))))));
        }
        return counted(expected.verifyChanged(SUMS));
    }

    private Verification counted(Verification compared) {
        Set<String> differing = new LinkedHashSet<>();
        compared.differing().forEach(piece -> differing.add(piece.substring(0, piece.indexOf(':'))));
        long documents = index.count();
        long facts = expected.total();
        if (documents != facts) {
            differing.add(documents + " documents for " + facts + " facts");
        }
        return new Verification(compared.checked(), List.copyOf(differing));
    }

    /// All that a query finds.
    private void add(Query query) {
        List<Hit<Map<String, Object>>> page = page(query, -1);
        while (!page.isEmpty()) {
            page.forEach(this::add);
            actual.write();
            page = page(query, number(page.getLast(), "position"));
        }
    }

    private void add(Hit<Map<String, Object>> hit) {
        Map<String, Object> document = hit.source();
        if (document == null) {
            actual.count("?:", KIND);
            return;
        }
        Object[] values = FIELDS.stream().map(document::get).toArray();
        String conversation = String.valueOf(document.get("conversation"));
        actual.add(piece(conversation, number(hit, "fact")), KIND, row(values));
    }

    private List<Hit<Map<String, Object>>> page(Query query, long after) {
        try {
            return page(query, after, DOCUMENTS);
        } catch (DataAccessResourceFailureException failed) {
            if (!GenerationIndex.isTooLong(failed)) {
                throw failed;
            }
            return page(query, after, LONG_DOCUMENTS);
        }
    }

    private List<Hit<Map<String, Object>>> page(Query query, long after, int size) {
        @SuppressWarnings("unchecked")
        Class<Map<String, Object>> type = (Class<Map<String, Object>>) (Class<?>) Map.class;
        SearchRequest search = SearchRequest.of(request -> request.index(index.name())
                .query(query)
                .size(size)
                .sort(sort -> sort.field(field -> field.field("position").order(SortOrder.Asc)))
                .searchAfter(FieldValue.of(after))
                .trackTotalHits(total -> total.enabled(false))
                .source(source -> source.filter(fields -> fields.includes(FIELDS))));
        return GenerationIndex.call(() -> client.search(search, type)).hits().hits();
    }

    private static Query place(String piece) {
        int colon = piece.indexOf(':');
        double first = Long.parseLong(piece.substring(colon + 1)) * (double) FACTS;
        return Query.of(query -> query.bool(both -> both.filter(
                        of -> of.term(term -> term.field("conversation").value(piece.substring(0, colon))))
                .filter(at -> at.range(range ->
                        range.number(fact -> fact.field("fact").gte(first).lt(first + FACTS))))));
    }

    private static long number(Hit<Map<String, Object>> hit, String field) {
        Map<String, Object> document = hit.source();
        return document != null && document.get(field) instanceof Number number ? number.longValue() : -1;
    }
}
