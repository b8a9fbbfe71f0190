package dev.parley.query.audit;

import dev.parley.messages.ConversationId;
import dev.parley.query.QuerySideProperties;
import dev.parley.query.audit.Conversations.AsOf;
import dev.parley.query.audit.Conversations.Part;
import dev.parley.query.paging.Parameters;
import java.security.Principal;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/// Shows auditors a conversation as it was at a time or a position of the log. Pages of one moment are asked for with
/// the position that the first one bears.
@RestController
class AsOfController {

    private final Moments moments;
    private final Conversations conversations;
    private final Slots slots;

    AsOfController(Moments moments, Conversations conversations, QuerySideProperties properties) {
        this.moments = moments;
        this.conversations = conversations;
        this.slots = new Slots(properties.auditStreams());
    }

    /// @param at a time; without it and without a position, now
    /// @param after the `seq` after which messages are shown
    /// @param limit of messages, and of members
    @GetMapping("/api/v1/audit/conversations/{id}")
    AsOf asOf(
            @Nullable Principal auditor,
            @PathVariable String id,
            @RequestParam(required = false) @Nullable String at,
            @RequestParam(required = false) @Nullable String position,
            @RequestParam(required = false) @Nullable String after,
            @RequestParam(required = false) @Nullable String memberAfter,
            @RequestParam(required = false) @Nullable String limit) {
        ConversationId conversation = Parameters.conversation("id", id);
        Instant instant = Selection.instant("at", at);
        Long place = Parameters.natural("position", position);
        if (instant != null && place != null) {
            throw Parameters.invalid("position", "Either at or position, not both");
        }
        Long seq = Parameters.natural("after", after);
        int size = Parameters.limit(limit);
        String member = memberAfter == null
                ? ""
                : Parameters.account("memberAfter", memberAfter).toString();
        AccessLog.note(auditor, "as-of", conversation);
        return slots.hold(() -> conversations.asOf(
                conversation,
                instant != null
                        ? moments.at(conversation, instant)
                        : moments.at(conversation, place == null ? Long.MAX_VALUE : place),
                new Part(seq == null ? -1 : seq, size, member, size)));
    }
}
