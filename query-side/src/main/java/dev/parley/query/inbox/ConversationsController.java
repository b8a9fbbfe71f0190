package dev.parley.query.inbox;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.parley.messages.AccountId;
import dev.parley.messages.ConversationId;
import dev.parley.messages.MessageId;
import dev.parley.query.QuerySideConfiguration;
import dev.parley.query.paging.Cursor;
import dev.parley.query.paging.Parameters;
import dev.parley.query.progress.ProjectionProgress;
import java.security.Principal;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/// The caller's conversations, newest activity first, and one of them with its members.
@RestController
@RequestMapping("/api/v1/conversations")
class ConversationsController {

    private static final String LIST = "conversations";

    private final InboxReader inbox;
    private final Memberships memberships;
    private final ProjectionProgress progress;

    ConversationsController(InboxReader inbox, Memberships memberships, ProjectionProgress progress) {
        this.inbox = inbox;
        this.memberships = memberships;
        this.progress = progress;
    }

    /// @param next absent on the last page
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Inbox(List<Entry> conversations, @Nullable String next) {}

    /// @param topic absent where there is none
    /// @param lastMessage absent where there is none, or none that the caller may see
    /// @param unread messages sent after the last one the caller read or sent itself, none from before its joining
    /// @param mentions how many of those call the caller by name
    /// @param muted true while the caller wants no pushes, absent otherwise
    /// @param mutedUntil absent for ever
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Entry(
            ConversationId id,
            String kind,
            @Nullable String title,
            @Nullable String topic,
            Instant lastActivity,
            @Nullable Last lastMessage,
            long unread,
            long mentions,
            @Nullable Boolean muted,
            @Nullable Instant mutedUntil) {}

    /// @param username absent while the account is not projected yet
    /// @param body its start as it reads now, at most 200 characters; absent for one that was deleted
    /// @param attachments how many it carries, absent for none
    /// @param deleted true or absent
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Last(
            MessageId id,
            AccountId sender,
            @Nullable String username,
            @Nullable String body,
            @Nullable Integer attachments,
            long seq,
            Instant at,
            @Nullable Boolean deleted) {}

    /// @param history what members see of the time before they joined: `since-joining` or `all`
    /// @param members the first 200, by user name
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Detail(
            ConversationId id,
            String kind,
            @Nullable String title,
            @Nullable String topic,
            String history,
            List<DetailMember> members,
            long memberCount,
            long messages) {}

    @JsonInclude(JsonInclude.Include.NON_NULL)
    record DetailMember(
            AccountId account,
            @Nullable String username,
            @Nullable String displayName,
            String role) {}

    @GetMapping
    Inbox list(
            Principal principal,
            @RequestParam(required = false) @Nullable String limit,
            @RequestParam(required = false) @Nullable String cursor,
            @RequestHeader(name = ProjectionProgress.HEADER, required = false) @Nullable String after) {
        int size = Parameters.limit(limit);
        long before = Cursor.position(LIST, cursor);
        progress.await(after, QuerySideConfiguration.INBOX);

        InboxReader.Page page = inbox.page(Parameters.caller(principal), before, size);
        return new Inbox(page.entries(), page.next() == null ? null : Cursor.of(LIST, page.next()));
    }

    @GetMapping("/{id}")
    Detail detail(
            Principal principal,
            @PathVariable String id,
            @RequestHeader(name = ProjectionProgress.HEADER, required = false) @Nullable String after) {
        ConversationId conversation = Parameters.conversation("id", id);
        progress.await(after, QuerySideConfiguration.INBOX);

        memberships.current(Parameters.caller(principal), conversation);
        return inbox.detail(conversation);
    }
}
