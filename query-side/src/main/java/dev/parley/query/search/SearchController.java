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
import dev.parley.query.paging.Cursor;
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

/// Finds messages in the conversations the caller is a member of now, newest first.
@RestController
class SearchController {

    private static final String LIST = "search";
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
    record Hit(@JsonUnwrapped MessageView message, List<Marked.Part> highlight) {}

    @GetMapping("/api/v1/search")
    Found search(
            Principal principal,
            @RequestParam(required = false) @Nullable String q,
            @RequestParam(required = false) @Nullable String conversation,
            @RequestParam(required = false) @Nullable String limit,
            @RequestParam(required = false) @Nullable String cursor,
            @RequestHeader(name = ProjectionProgress.HEADER, required = false) @Nullable String after) {
        AccountId caller = Parameters.caller(principal);
        Searches.Compiled text = searches.compile(q, caller);
        int size = Parameters.limit(limit);
        long before = Cursor.position(LIST, cursor);
        messages.await(after);

        List<Interval> intervals = intervals(caller, conversation);
        if (intervals.isEmpty()) {
            return new Found(List.of(), 0, null);
        }
        return page(search.find(text, intervals, before, size + 1), size, caller);
    }

    private List<Interval> intervals(AccountId caller, @Nullable String conversation) {
        return conversation == null
                ? memberships.current(caller, CONVERSATIONS)
                : memberships.current(caller, Parameters.conversation("conversation", conversation));
    }

    private Found page(SearchHits<MessageDocument> found, int size, AccountId caller) {
        List<SearchHit<MessageDocument>> all = found.getSearchHits();
        List<SearchHit<MessageDocument>> shown = all.subList(0, Math.min(size, all.size()));
        List<MessageView> messages =
                views.of(shown.stream().map(SearchHit::getContent).toList(), caller, Long.MAX_VALUE);
        String next =
                all.size() > size ? Cursor.of(LIST, shown.getLast().getContent().position()) : null;
        return new Found(
                IntStream.range(0, shown.size())
                        .mapToObj(i -> hit(messages.get(i), shown.get(i)))
                        .toList(),
                found.getTotalHits(),
                next);
    }

    private static Hit hit(MessageView message, SearchHit<MessageDocument> hit) {
        List<String> marked = hit.getHighlightField("text");
        String body = hit.getContent().body();
        return new Hit(message, Marked.of(body == null ? "" : body, marked.isEmpty() ? "" : marked.getFirst()));
    }
}
