package dev.parley.query.search;

import co.elastic.clients.elasticsearch._types.FieldValue;
import co.elastic.clients.elasticsearch._types.query_dsl.BoolQuery;
import co.elastic.clients.elasticsearch._types.query_dsl.Query;
import co.elastic.clients.json.JsonData;
import dev.parley.messages.AccountId;
import dev.parley.query.search.Clause.All;
import dev.parley.query.search.Clause.Any;
import dev.parley.query.search.Clause.From;
import dev.parley.query.search.Clause.Has;
import dev.parley.query.search.Clause.In;
import dev.parley.query.search.Clause.Mentions;
import dev.parley.query.search.Clause.Not;
import dev.parley.query.search.Clause.Operator;
import dev.parley.query.search.Clause.Phrase;
import dev.parley.query.search.Clause.Said;
import dev.parley.query.search.Clause.To;
import dev.parley.query.search.Clause.Word;
import java.util.Collection;
import java.util.List;

/// Turns what was understood into a query for Elasticsearch. Words count, operators do not.
///
/// @param directory who and where is meant
record Compiler(Directory directory) {

    private static final float OPERATOR = 1;

    Query compile(Clause clause) {
        return compile(clause, false);
    }

    /// @param plain true within what is left out: with slips, it would take away what nobody thought of
    private Query compile(Clause clause, boolean plain) {
        return switch (clause) {
            case All all -> all(all, plain);
            case Any any ->
                Query.of(q -> q.bool(bool -> bool.should(any.parts().stream()
                                .map(part -> compile(part, plain))
                                .toList())
                        .minimumShouldMatch("1")));
            case Not not -> Query.of(q -> q.bool(bool -> bool.mustNot(compile(not.part(), true))));
            case Word word -> plain ? WordQueries.plain(word) : WordQueries.word(word);
            case Phrase phrase -> WordQueries.phrase(phrase);
            case Operator operator -> WordQueries.scored(OPERATOR, operator(operator));
        };
    }

    private Query all(All all, boolean plain) {
        BoolQuery.Builder bool = new BoolQuery.Builder();
        for (Clause part : all.parts()) {
            switch (part) {
                case Not not -> bool.mustNot(compile(not.part(), true));
                case Operator operator -> bool.filter(operator(operator));
                default -> bool.must(compile(part, plain));
            }
        }
        List<Word> words = all.parts().stream()
                .filter(Word.class::isInstance)
                .map(Word.class::cast)
                .toList();
        if (words.size() > 1 && !plain) {
            bool.should(WordQueries.near(words));
        }
        return bool.build()._toQuery();
    }

    private Query operator(Operator operator) {
        return switch (operator) {
            case From from -> terms("sender", directory.people(from.who()));
            case Mentions mentions -> terms("mentions", directory.people(mentions.who()));
            case In in -> terms("conversation", directory.conversations(in.where()));
            case To to -> to(directory.people(to.who()));
            case Has has -> terms("has", List.of(has.what()));
            case Said said ->
                Query.of(q -> q.range(range -> range.untyped(at -> {
                    at.field("at");
                    if (said.from() != null) {
                        at.gte(JsonData.of(said.from().toEpochMilli()));
                    }
                    if (said.until() != null) {
                        at.lt(JsonData.of(said.until().toEpochMilli()));
                    }
                    return at;
                })));
        };
    }

    /// What others say to these people alone, or with their mention.
    private Query to(List<AccountId> people) {
        Query direct = Query.of(q -> q.bool(bool ->
                bool.filter(terms("conversation", directory.directs(people))).mustNot(terms("sender", people))));
        return Query.of(q ->
                q.bool(bool -> bool.should(direct, terms("mentions", people)).minimumShouldMatch("1")));
    }

    /// Finds nothing where there are none.
    private static Query terms(String field, Collection<?> values) {
        List<FieldValue> terms =
                values.stream().map(value -> FieldValue.of(value.toString())).toList();
        return Query.of(q -> q.terms(query -> query.field(field).terms(list -> list.value(terms))));
    }
}
