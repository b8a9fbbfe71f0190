package dev.parley.query.history;

import co.elastic.clients.elasticsearch._types.SortOrder;
import co.elastic.clients.elasticsearch._types.query_dsl.Query;
import co.elastic.clients.json.JsonData;
import dev.parley.messages.AccountId;
import dev.parley.messages.ConversationId;
import dev.parley.messages.MessageId;
import dev.parley.query.inbox.Memberships;
import dev.parley.query.inbox.Memberships.Interval;
import java.util.List;
import java.util.Map;
import org.springframework.data.domain.PageRequest;
import org.springframework.data.elasticsearch.client.elc.NativeQuery;
import org.springframework.data.elasticsearch.core.SearchHit;
import org.springframework.data.elasticsearch.core.query.FetchSourceFilter;
import org.springframework.stereotype.Component;

/// Finds and shows messages of one conversation, as far as somebody may see them. Whoever was a member sees what it
/// could see when it left, and nothing newer: no reaction, no reply, and not how a message reads since.
@Component
class MessagePages {

    private final MessageReads messages;
    private final Memberships memberships;
    private final MessageViews views;
    private final ReplyCounts replies;

    MessagePages(MessageReads messages, Memberships memberships, MessageViews views, ReplyCounts replies) {
        this.messages = messages;
        this.memberships = memberships;
        this.views = views;
        this.replies = replies;
    }

    /// One conversation as somebody sees it.
    ///
    /// @param intervals at least one
    record Sight(AccountId caller, ConversationId conversation, List<Interval> intervals) {

        /// The last position that the caller may know of.
        long until() {
            return intervals.stream().mapToLong(Interval::to).max().orElseThrow();
        }

        Query filter(Query more) {
            return Query.of(query -> query.bool(
                    bool -> bool.filter(Visible.conversation(conversation), more, Visible.messages(intervals))));
        }
    }

    /// @throws dev.parley.messages.RejectedException `not-a-member` for who never was one
    Sight sight(AccountId caller, ConversationId conversation) {
        return new Sight(caller, conversation, memberships.of(caller, conversation));
    }

    /// By `seq`, at most `size`.
    List<MessageDocument> find(Sight sight, Query which, SortOrder order, int size) {
        NativeQuery query = NativeQuery.builder()
                .withQuery(sight.filter(which))
                .withSort(sort -> sort.field(field -> field.field("seq").order(order)))
                .withPageable(PageRequest.of(0, size))
                .withTrackTotalHits(false)
                .withSourceFilter(FetchSourceFilter.of(source -> source.withExcludes("text", "parts")))
                .build();
        return messages.search(query).stream().map(SearchHit::getContent).toList();
    }

    List<MessageView> show(Sight sight, List<MessageDocument> page) {
        Map<String, Long> counts = replies.of(sight, page);
        return views.of(page, sight.caller(), sight.until()).stream()
                .map(view -> view.answered(counts.get(view.id())))
                .toList();
    }

    /// @param after not included, and neither is `before`
    static Query between(long after, long before) {
        return Query.of(query -> query.range(bounds ->
                bounds.untyped(seq -> seq.field("seq").gt(JsonData.of(after)).lt(JsonData.of(before)))));
    }

    static Query message(MessageId id) {
        return Query.of(query -> query.term(term -> term.field("message").value(id.toString())));
    }

    static Query answersTo(MessageId id) {
        return Query.of(query -> query.term(term -> term.field("replyTo").value(id.toString())));
    }
}
