package dev.parley.query.said;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.parley.messages.ConversationId;
import dev.parley.query.paging.Cursor;
import dev.parley.query.paging.Parameters;
import dev.parley.query.progress.ProjectionProgress;
import dev.parley.query.search.Searches;
import java.security.Principal;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.data.elasticsearch.core.SearchHit;
import org.springframework.data.elasticsearch.core.SearchHits;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/// Lets auditors search what was ever said, newest first, with what became of it. The app lets nobody but auditors in
/// here.
@RestController
class SaidController {

    private static final Logger LOG = LoggerFactory.getLogger(SaidController.class);
    private static final String LIST = "said";

    private final SaidReads said;
    private final Searches searches;

    SaidController(SaidReads said, Searches searches) {
        this.said = said;
        this.searches = searches;
    }

    /// What became of a text.
    enum Status {
        /// It is how the message reads now.
        CURRENT,
        /// The message was edited after it.
        SUPERSEDED,
        /// The message was deleted, whatever else became of it before.
        DELETED;

        @JsonValue
        String text() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /// @param total hits on all pages, counted up to 10,000
    /// @param next absent on the last page
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Found(List<Hit> hits, long total, @Nullable String next) {}

    /// @param position of the fact that it was said with
    /// @param kind `sent`, `imported` or `edited`
    /// @param seq of the message
    /// @param deletedBy who deleted the message, absent where nobody did
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Hit(
            long position,
            String kind,
            String conversation,
            String message,
            long seq,
            String by,
            Instant at,
            @Nullable String body,
            Status status,
            @Nullable String deletedBy,
            @Nullable Instant deletedAt) {}

    /// @param q in the language of docs/search.md, of all conversations
    /// @param tz where days begin: a name of the IANA time zone database or an offset such as `+05:30`, else UTC
    @GetMapping("/api/v1/audit/search")
    Found search(
            Principal principal,
            @RequestParam(required = false) @Nullable String q,
            @RequestParam(required = false) @Nullable String conversation,
            @RequestParam(required = false) @Nullable String limit,
            @RequestParam(required = false) @Nullable String cursor,
            @RequestParam(required = false) @Nullable String tz,
            @RequestHeader(name = ProjectionProgress.HEADER, required = false) @Nullable String after) {
        Searches.Asker asker =
                new Searches.Asker(Parameters.caller(principal), Searches.Reach.ALL, Parameters.zone("tz", tz));
        ConversationId in = conversation == null ? null : Parameters.conversation("conversation", conversation);
        int size = Parameters.limit(limit);
        long before = Cursor.position(LIST, cursor);
        said.await(after);

        Searches.Compiled text = searches.compile(q, asker);
        SearchHits<SaidDocument> found = said.find(text.query(), in, before, size + 1);
        LOG.atInfo()
                .addKeyValue("account", principal.getName())
                .addKeyValue("hits", found.getTotalHits())
                .log("An auditor searched what was said");
        return page(found, size);
    }

    private Found page(SearchHits<SaidDocument> found, int size) {
        List<SaidDocument> all = found.stream().map(SearchHit::getContent).toList();
        List<SaidDocument> shown = all.subList(0, Math.min(size, all.size()));
        Set<String> subjects = shown.stream().map(SaidDocument::subject).collect(Collectors.toSet());
        Map<String, SaidDocument> newest = said.newest(subjects);
        Map<String, SaidDocument> deletions = said.deletions(subjects);
        return new Found(
                shown.stream()
                        .map(fact -> hit(fact, newest.get(fact.subject()), deletions.get(fact.subject())))
                        .toList(),
                found.getTotalHits(),
                all.size() > size ? Cursor.of(LIST, shown.getLast().position()) : null);
    }

    private static Hit hit(SaidDocument fact, @Nullable SaidDocument newest, @Nullable SaidDocument deletion) {
        return new Hit(
                fact.position(),
                fact.kind(),
                fact.conversation(),
                fact.message(),
                fact.seq(),
                fact.by(),
                Instant.ofEpochMilli(fact.at()),
                fact.body(),
                status(fact, newest, deletion),
                deletion == null ? null : deletion.by(),
                deletion == null ? null : Instant.ofEpochMilli(deletion.at()));
    }

    private static Status status(SaidDocument fact, @Nullable SaidDocument newest, @Nullable SaidDocument deletion) {
        if (deletion != null) {
            return Status.DELETED;
        }
        return newest != null && newest.position() > fact.position() ? Status.SUPERSEDED : Status.CURRENT;
    }
}
