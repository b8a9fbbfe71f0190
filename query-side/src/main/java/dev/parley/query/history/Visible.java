package dev.parley.query.history;

import co.elastic.clients.elasticsearch._types.FieldValue;
import co.elastic.clients.elasticsearch._types.query_dsl.Query;
import co.elastic.clients.json.JsonData;
import dev.parley.messages.ConversationId;
import dev.parley.query.inbox.Memberships.Interval;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Filters that let through what somebody may see: of each conversation, the messages of the intervals it was a member.
public final class Visible {

    /// Elasticsearch takes at least 1,024 in a query, what is looked for among them.
    private static final int CLAUSES = 700;
    /// Of one conversation, beside the one that names it.
    private static final int INTERVALS = 300;

    private Visible() {}

    /// One clause for all conversations that are visible from their start on; one for each other
    /// conversation, and one for each of its intervals. Once there are 700 clauses, others that are visible
    /// in part are left out, and likewise all but the last 300 intervals of one.
    ///
    /// @param intervals all of each conversation's, in order; conversations by how much they matter
    public static Query messages(List<Interval> intervals) {
        Map<ConversationId, List<Interval>> conversations = new LinkedHashMap<>();
        intervals.forEach(interval -> conversations
                .computeIfAbsent(interval.conversation(), id -> new ArrayList<>())
                .add(interval));

        List<FieldValue> whole = new ArrayList<>();
        List<Query> alternatives = new ArrayList<>();
        int clauses = 0;
        for (Map.Entry<ConversationId, List<Interval>> conversation : conversations.entrySet()) {
            List<Interval> parts = conversation.getValue();
            if (parts.stream().anyMatch(part -> part.fromTheStart() && part.current())) {
                whole.add(FieldValue.of(conversation.getKey().toString()));
                continue;
            }
            List<Interval> last = parts.subList(Math.max(0, parts.size() - INTERVALS), parts.size());
            if (clauses + last.size() < CLAUSES) {
                clauses += 1 + last.size();
                alternatives.add(partly(conversation.getKey(), last));
            }
        }
        alternatives.add(Query.of(
                query -> query.terms(terms -> terms.field("conversation").terms(values -> values.value(whole)))));
        return any(alternatives);
    }

    private static Query partly(ConversationId id, List<Interval> intervals) {
        return Query.of(query -> query.bool(bool -> bool.filter(
                conversation(id), any(intervals.stream().map(Visible::positions).toList()))));
    }

    /// Messages of one conversation.
    public static Query conversation(ConversationId id) {
        return Query.of(query -> query.term(term -> term.field("conversation").value(id.toString())));
    }

    private static Query positions(Interval interval) {
        return Query.of(query -> query.range(range -> range.untyped(position ->
                position.field("position").gte(JsonData.of(interval.from())).lte(JsonData.of(interval.to())))));
    }

    private static Query any(List<Query> alternatives) {
        return Query.of(query -> query.bool(bool -> bool.should(alternatives).minimumShouldMatch("1")));
    }
}
