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

    private Visible() {}

    /// One clause for all conversations that are visible from their start on, and one for each other conversation.
    ///
    /// @param intervals all of each conversation's
    public static Query messages(List<Interval> intervals) {
        Map<ConversationId, List<Interval>> conversations = new LinkedHashMap<>();
        intervals.forEach(interval -> conversations
                .computeIfAbsent(interval.conversation(), id -> new ArrayList<>())
                .add(interval));

        List<FieldValue> whole = new ArrayList<>();
        List<Query> alternatives = new ArrayList<>();
        conversations.forEach((id, parts) -> {
            if (parts.stream().anyMatch(part -> part.fromTheStart() && part.current())) {
                whole.add(FieldValue.of(id.toString()));
            } else {
                alternatives.add(partly(id, parts));
            }
        });
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
