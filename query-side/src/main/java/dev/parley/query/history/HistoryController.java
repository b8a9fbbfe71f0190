package dev.parley.query.history;

import co.elastic.clients.elasticsearch._types.SortOrder;
import co.elastic.clients.elasticsearch._types.query_dsl.Query;
import com.fasterxml.jackson.annotation.JsonInclude;
import dev.parley.messages.ConversationId;
import dev.parley.messages.RejectedException;
import dev.parley.messages.RejectionCode;
import dev.parley.query.history.MessagePages.Sight;
import dev.parley.query.paging.Parameters;
import dev.parley.query.progress.ProjectionProgress;
import java.security.Principal;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/// One conversation's messages by `seq`: newest first before one, oldest first after one, and oldest first around one.
@RestController
@RequestMapping("/api/v1/conversations/{id}/messages")
class HistoryController {

    private final MessageReads messages;
    private final MessagePages pages;

    HistoryController(MessageReads messages, MessagePages pages) {
        this.messages = messages;
        this.pages = pages;
    }

    /// @param next the `seq` to go on before or after, absent on the last page
    /// @param before of messages around one, the `seq` to go on before; absent where nothing is older
    /// @param after likewise, the `seq` to go on after; absent where nothing is newer yet
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record History(
            List<MessageView> messages,
            @Nullable Long next,
            @Nullable Long before,
            @Nullable Long after) {}

    @GetMapping
    History history(
            Principal principal,
            @PathVariable String id,
            @RequestParam(required = false) @Nullable String limit,
            @RequestParam(required = false) @Nullable String before,
            @RequestParam(required = false) @Nullable String after,
            @RequestParam(required = false) @Nullable String around,
            @RequestHeader(name = ProjectionProgress.HEADER, required = false) @Nullable String waitFor) {
        ConversationId conversation = Parameters.conversation("id", id);
        int size = Parameters.limit(limit);
        Long end = Parameters.natural("before", before);
        Long start = Parameters.natural("after", after);
        Place place = around == null ? null : Place.of(around);
        if (end != null && start != null || place != null && (end != null || start != null)) {
            throw Parameters.invalid(
                    place == null ? "after" : "around", "Only one of before, after and around, not several");
        }
        messages.await(waitFor);

        Sight sight = pages.sight(Parameters.caller(principal), conversation);
        if (place != null) {
            return around(sight, place, size);
        }
        return start == null
                ? page(sight, -1, end == null ? Long.MAX_VALUE : end, SortOrder.Desc, size)
                : page(sight, start, Long.MAX_VALUE, SortOrder.Asc, size);
    }

    /// @throws RejectedException `not-found` for a message that is not there, or not for the caller to see
    @GetMapping("/{message}")
    MessageView message(
            Principal principal,
            @PathVariable String id,
            @PathVariable String message,
            @RequestHeader(name = ProjectionProgress.HEADER, required = false) @Nullable String waitFor) {
        ConversationId conversation = Parameters.conversation("id", id);
        Query which = MessagePages.message(Parameters.message("message", message));
        messages.await(waitFor);

        Sight sight = pages.sight(Parameters.caller(principal), conversation);
        return pages.show(sight, List.of(one(sight, which))).getFirst();
    }

    /// What answers a message, oldest first; the message itself may be gone.
    ///
    /// @param after the `seq` that the page before ended with
    @GetMapping("/{message}/replies")
    History replies(
            Principal principal,
            @PathVariable String id,
            @PathVariable String message,
            @RequestParam(required = false) @Nullable String limit,
            @RequestParam(required = false) @Nullable String after,
            @RequestHeader(name = ProjectionProgress.HEADER, required = false) @Nullable String waitFor) {
        ConversationId conversation = Parameters.conversation("id", id);
        Query answers = MessagePages.answersTo(Parameters.message("message", message));
        int size = Parameters.limit(limit);
        Long start = Parameters.natural("after", after);
        messages.await(waitFor);

        Sight sight = pages.sight(Parameters.caller(principal), conversation);
        Query later = MessagePages.between(start == null ? -1 : start, Long.MAX_VALUE);
        Query which = Query.of(query -> query.bool(bool -> bool.filter(answers, later)));
        return page(sight, pages.find(sight, which, SortOrder.Asc, size + 1), size);
    }

    private History page(Sight sight, long after, long before, SortOrder order, int size) {
        return page(sight, pages.find(sight, MessagePages.between(after, before), order, size + 1), size);
    }

    private History page(Sight sight, List<MessageDocument> found, int size) {
        List<MessageDocument> shown = found.subList(0, Math.min(size, found.size()));
        return new History(
                pages.show(sight, shown),
                found.size() > size ? (Long) shown.getLast().seq() : null,
                null,
                null);
    }

    /// Half of the page is older, the message itself included, unless one side has less.
    private History around(Sight sight, Place place, int size) {
        long seq = place.message() == null
                ? place.seq()
                : one(sight, MessagePages.message(place.message())).seq();
        List<MessageDocument> newer =
                pages.find(sight, MessagePages.between(seq, Long.MAX_VALUE), SortOrder.Asc, size + 1);
        long end = seq == Long.MAX_VALUE ? seq : seq + 1;
        List<MessageDocument> older = pages.find(sight, MessagePages.between(-1, end), SortOrder.Desc, size + 1);
        int after = Math.min(newer.size(), Math.max(size / 2, size - older.size()));
        int before = Math.min(older.size(), size - after);
        List<MessageDocument> shown = new ArrayList<>(older.subList(0, before).reversed());
        shown.addAll(newer.subList(0, after));
        return new History(
                pages.show(sight, shown),
                null,
                older.size() > before ? (Long) older.get(before - 1).seq() : null,
                newer.size() > after ? (Long) (after > 0 ? newer.get(after - 1).seq() : seq) : null);
    }

    private MessageDocument one(Sight sight, Query which) {
        return pages.find(sight, which, SortOrder.Asc, 1).stream()
                .findFirst()
                .orElseThrow(() -> new RejectedException(
                        RejectionCode.NOT_FOUND, "There is no such message in this conversation"));
    }
}
