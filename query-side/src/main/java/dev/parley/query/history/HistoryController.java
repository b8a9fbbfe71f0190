package dev.parley.query.history;

import co.elastic.clients.elasticsearch._types.SortOrder;
import co.elastic.clients.elasticsearch._types.query_dsl.Query;
import co.elastic.clients.json.JsonData;
import com.fasterxml.jackson.annotation.JsonInclude;
import dev.parley.messages.AccountId;
import dev.parley.messages.ConversationId;
import dev.parley.query.inbox.Memberships;
import dev.parley.query.inbox.Memberships.Interval;
import dev.parley.query.paging.Parameters;
import dev.parley.query.progress.ProjectionProgress;
import java.security.Principal;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.data.domain.PageRequest;
import org.springframework.data.elasticsearch.client.elc.NativeQuery;
import org.springframework.data.elasticsearch.core.SearchHit;
import org.springframework.data.elasticsearch.core.query.FetchSourceFilter;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/// One conversation's messages by `seq`: newest first before one, oldest first after one. Whoever was a member sees the
/// messages that it could see when it left, and nothing newer: no reaction, and not how a message reads since.
@RestController
class HistoryController {

    private final MessageReads messages;
    private final Memberships memberships;
    private final MessageViews views;

    HistoryController(MessageReads messages, Memberships memberships, MessageViews views) {
        this.messages = messages;
        this.memberships = memberships;
        this.views = views;
    }

    /// @param next the `seq` to go on before or after, absent on the last page
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record History(List<MessageView> messages, @Nullable Long next) {}

    @GetMapping("/api/v1/conversations/{id}/messages")
    History history(
            Principal principal,
            @PathVariable String id,
            @RequestParam(required = false) @Nullable String limit,
            @RequestParam(required = false) @Nullable String before,
            @RequestParam(required = false) @Nullable String after,
            @RequestHeader(name = ProjectionProgress.HEADER, required = false) @Nullable String waitFor) {
        ConversationId conversation = Parameters.conversation("id", id);
        int size = Parameters.limit(limit);
        Range range = range(Parameters.natural("before", before), Parameters.natural("after", after));
        messages.await(waitFor);

        AccountId caller = Parameters.caller(principal);
        List<Interval> intervals = memberships.of(caller, conversation);
        List<MessageDocument> found = messages.search(query(conversation, intervals, range, size + 1)).stream()
                .map(SearchHit::getContent)
                .toList();
        List<MessageDocument> shown = found.subList(0, Math.min(size, found.size()));
        long until = intervals.stream().mapToLong(Interval::to).max().orElseThrow();
        return new History(
                views.of(shown, caller, until),
                found.size() > size ? shown.getLast().seq() : null);
    }

    private record Range(SortOrder order, long from, long to) {}

    private static Range range(@Nullable Long before, @Nullable Long after) {
        if (before != null && after != null) {
            throw Parameters.invalid("after", "Either before or after, not both");
        }
        return after == null
                ? new Range(SortOrder.Desc, -1, before == null ? Long.MAX_VALUE : before)
                : new Range(SortOrder.Asc, after, Long.MAX_VALUE);
    }

    private static NativeQuery query(ConversationId conversation, List<Interval> intervals, Range range, int size) {
        Query seqs = Query.of(query -> query.range(bounds -> bounds.untyped(
                seq -> seq.field("seq").gt(JsonData.of(range.from())).lt(JsonData.of(range.to())))));
        return NativeQuery.builder()
                .withQuery(query -> query.bool(
                        bool -> bool.filter(Visible.conversation(conversation), seqs, Visible.messages(intervals))))
                .withSort(sort -> sort.field(field -> field.field("seq").order(range.order())))
                .withPageable(PageRequest.of(0, size))
                .withTrackTotalHits(false)
                .withSourceFilter(FetchSourceFilter.of(source -> source.withExcludes("text")))
                .build();
    }
}
