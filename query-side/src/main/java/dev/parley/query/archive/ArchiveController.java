package dev.parley.query.archive;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.parley.messages.archive.ArchiveUse;
import dev.parley.query.archive.Labels.Conversation;
import dev.parley.query.archive.Labels.Person;
import dev.parley.query.history.MessageDocument;
import dev.parley.query.history.MessageView;
import dev.parley.query.history.MessageViews;
import dev.parley.query.paging.Parameters;
import dev.parley.query.progress.ProjectionProgress;
import dev.parley.query.search.Part;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.springframework.data.elasticsearch.core.SearchHit;
import org.springframework.data.elasticsearch.core.SearchHits;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/// Finds messages in all conversations, for analysts.
@RestController
class ArchiveController {

    private final Looks looks;
    private final ArchiveReads reads;
    private final ArchiveSearch search;
    private final MessageViews views;
    private final Labels labels;

    ArchiveController(Looks looks, ArchiveReads reads, ArchiveSearch search, MessageViews views, Labels labels) {
        this.looks = looks;
        this.reads = reads;
        this.search = search;
        this.views = views;
        this.labels = labels;
    }

    /// @param total hits on all pages
    /// @param next absent on the last page
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Found(List<Hit> hits, long total, @Nullable String next) {}

    /// @param title of the conversation, absent where it has none
    /// @param name what others are shown as the sender
    /// @param highlight absent where nothing was searched for
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Hit(
            @JsonUnwrapped MessageView message,
            @Nullable String title,
            @Nullable String name,
            @Nullable List<Part> highlight) {}

    @GetMapping("/api/v1/archive/search")
    Found search(
            HttpServletRequest request,
            ArchiveParameters parameters,
            @RequestParam(required = false) @Nullable String sort,
            @RequestParam(required = false) @Nullable String limit,
            @RequestParam(required = false) @Nullable String cursor,
            @RequestHeader(name = ProjectionProgress.HEADER, required = false) @Nullable String after) {
        Order order = Order.of(sort);
        List<Object> before = order.after(cursor);
        int size = Parameters.limit(limit);
        Look look = looks.begin(request, ArchiveUse.SEARCH, parameters);
        reads.await(after);
        return page(look, order, search.find(look, order, before, size + 1), size);
    }

    private Found page(Look look, Order order, SearchHits<MessageDocument> found, int size) {
        List<SearchHit<MessageDocument>> all = found.getSearchHits();
        List<SearchHit<MessageDocument>> hits = all.subList(0, Math.min(size, all.size()));
        List<MessageView> messages =
                views.of(hits.stream().map(SearchHit::getContent).toList(), look.analyst(), Long.MAX_VALUE);
        Map<String, Conversation> titles = labels.conversations(
                messages.stream().map(MessageView::conversation).toList());
        Map<String, Person> people =
                labels.people(messages.stream().map(MessageView::sender).toList());
        List<Hit> shown = IntStream.range(0, hits.size())
                .mapToObj(i -> hit(
                        look,
                        messages.get(i),
                        titles.get(messages.get(i).conversation()),
                        people.get(messages.get(i).sender())))
                .toList();
        return new Found(shown, found.getTotalHits(), all.size() > size ? order.cursor(hits.getLast()) : null);
    }

    private static Hit hit(
            Look look, MessageView message, @Nullable Conversation conversation, @Nullable Person person) {
        return new Hit(
                message,
                conversation == null ? null : conversation.title(),
                person == null ? null : person.name(),
                look.text() == null || message.body() == null
                        ? null
                        : look.text().marks().in(message.body()));
    }
}
