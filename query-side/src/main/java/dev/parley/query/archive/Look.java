package dev.parley.query.archive;

import co.elastic.clients.elasticsearch._types.FieldValue;
import co.elastic.clients.elasticsearch._types.query_dsl.Query;
import co.elastic.clients.json.JsonData;
import dev.parley.messages.AccountId;
import dev.parley.messages.archive.ArchiveFilters;
import dev.parley.query.search.Searches.Compiled;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One look at the archive, which is stored as a fact by now and so may go on.
///
/// @param text null where all messages are meant
record Look(
        AccountId analyst, ArchiveFilters filters, @Nullable Compiled text) {

    private static final Query DELETED =
            Query.of(query -> query.term(term -> term.field("deleted").value(true)));

    /// What is to be found.
    Query query() {
        return query(narrowed(null));
    }

    /// As if no facet were chosen.
    Query wide() {
        return query(List.of());
    }

    /// The facets that are chosen, all but one.
    Query others(@Nullable Facet but) {
        return Query.of(query -> query.bool(bool -> bool.filter(narrowed(but))));
    }

    private Query query(List<Query> narrowed) {
        return Query.of(query -> query.bool(bool -> {
            if (text != null) {
                bool.must(text.query());
            }
            return bool.filter(times()).filter(narrowed).mustNot(DELETED);
        }));
    }

    private List<Query> narrowed(@Nullable Facet but) {
        List<Query> queries = new ArrayList<>();
        for (Facet facet : Facet.values()) {
            List<String> chosen = chosen(facet);
            if (facet != but && !chosen.isEmpty()) {
                List<FieldValue> values = chosen.stream().map(FieldValue::of).toList();
                queries.add(Query.of(
                        query -> query.terms(terms -> terms.field(facet.field()).terms(any -> any.value(values)))));
            }
        }
        return queries;
    }

    private List<String> chosen(Facet facet) {
        return switch (facet) {
            case PEOPLE -> texts(filters.senders());
            case CONVERSATIONS -> texts(filters.conversations());
            case SCRIPTS -> filters.scripts();
            case ATTACHMENTS -> filters.attachments();
        };
    }

    private static List<String> texts(List<?> ids) {
        return ids.stream().map(Object::toString).toList();
    }

    private List<Query> times() {
        Instant since = filters.since();
        Instant until = filters.until();
        if (since == null && until == null) {
            return List.of();
        }
        return List.of(Query.of(query -> query.range(range -> range.untyped(at -> {
            at.field("at");
            if (since != null) {
                at.gte(JsonData.of(since.toEpochMilli()));
            }
            return until == null ? at : at.lt(JsonData.of(until.toEpochMilli()));
        }))));
    }
}
