package dev.parley.query.search;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.parley.messages.AccountId;
import dev.parley.query.history.MessageDocument;
import dev.parley.query.history.MessageReads;
import dev.parley.query.history.MessageView;
import dev.parley.query.history.MessageViews;
import dev.parley.query.inbox.Memberships;
import dev.parley.query.inbox.Memberships.Interval;
import dev.parley.query.paging.Parameters;
import dev.parley.query.progress.ProjectionProgress;
import java.security.Principal;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.springframework.data.elasticsearch.core.SearchHit;
import org.springframework.data.elasticsearch.core.SearchHits;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/// Finds messages in the conversations the caller is a member of now.
@RestController
class SearchController {

    /// Conversations that are searched where none is named: those with the newest activity.
    private static final int CONVERSATIONS = 1_000;

    private final MessageReads messages;
    private final MessageSearch search;
    private final Memberships memberships;
    private final MessageViews views;
    private final Searches searches;

    SearchController(
            MessageReads messages,
            MessageSearch search,
            Memberships memberships,
            MessageViews views,
            Searches searches) {
        this.messages = messages;
        this.search = search;
        this.memberships = memberships;
        this.views = views;
        this.searches = searches;
    }

    /// @param total hits on all pages, counted up to 10,000
    /// @param next absent on the last page
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Found(List<Hit> hits, long total, @Nullable String next) {}

    /// @param highlight the body, or a piece of it around the first word that was found, in parts of plain text
    record Hit(@JsonUnwrapped MessageView message, List<Part> highlight) {}

    /// A place in the hits.
    private record Page(Order order, @Nullable List<Object> after, int size) {}

    /// @param q in the language of docs/search.md
    /// @param sort `time` (the default) or `relevance`
    /// @param tz where days begin: a name of the IANA time zone database or an offset such as `+05:30`, else UTC
    @GetMapping("/api/v1/search")
    Found search(
            Principal principal,
            @RequestParam(required = false) @Nullable String q,
            @RequestParam(required = false) @Nullable String conversation,
            @RequestParam(required = false) @Nullable String sort,
            @RequestParam(required = false) @Nullable String limit,
            @RequestParam(required = false) @Nullable String cursor,
            @RequestParam(required = false) @Nullable String tz,
            @RequestHeader(name = ProjectionProgress.HEADER, required = false) @Nullable String after) {
        AccountId caller = Parameters.caller(principal);
        Order order = Order.of(sort);
        Page page = new Page(order, order.after(cursor), Parameters.limit(limit));
        Searches.Asker asker = new Searches.Asker(caller, Searches.Reach.OWN, Parameters.zone("tz", tz));
        messages.await(after);

        Searches.Compiled text = searches.compile(q, asker);
        List<Interval> intervals = intervals(caller, conversation);
        if (intervals.isEmpty()) {
            return new Found(List.of(), 0, null);
        }
        return found(text, search.find(text.query(), intervals, order, page.after(), page.size() + 1), page, caller);
    }

    private List<Interval> intervals(AccountId caller, @Nullable String conversation) {
        return conversation == null
                ? memberships.current(caller, CONVERSATIONS)
                : memberships.current(caller, Parameters.conversation("conversation", conversation));
    }

    private Found found(Searches.Compiled text, SearchHits<MessageDocument> found, Page page, AccountId caller) {
        List<SearchHit<MessageDocument>> all = found.getSearchHits();
        List<SearchHit<MessageDocument>> shown = all.subList(0, Math.min(page.size(), all.size()));
        List<MessageDocument> documents =
                shown.stream().map(SearchHit::getContent).toList();
        List<MessageView> messages = views.of(documents, caller, Long.MAX_VALUE);
        return new Found(
                IntStream.range(0, shown.size())
                        .mapToObj(i -> hit(text, messages.get(i)))
                        .toList(),
                found.getTotalHits(),
                all.size() > page.size() ? page.order().cursor(shown.getLast()) : null);
    }

    private static Hit hit(Searches.Compiled text, MessageView message) {
        String body = message.body();
        return new Hit(message, text.marks().in(body == null ? "" : body));
    }
}
