package dev.parley.query.history;

import dev.parley.messages.AccountId;
import dev.parley.query.inbox.Names;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// Shows pages of messages with what PostgreSQL knows about them: two queries a page.
@Component
public class MessageViews {

    private final Names names;
    private final ReactionTable reactions;

    MessageViews(Names names, ReactionTable reactions) {
        this.names = names;
        this.reactions = reactions;
    }

    /// @param until the last position that the caller may know of, `Long.MAX_VALUE` for a member
    /// @return one for each document, in their order
    public List<MessageView> of(List<MessageDocument> page, AccountId caller, long until) {
        Map<AccountId, String> usernames = names.usernames(
                page.stream().map(document -> AccountId.of(document.sender())).toList());
        Map<String, List<ReactionView>> reacted = reactions.of(page, caller, until);
        return page.stream()
                .map(document -> view(
                        document,
                        usernames.get(AccountId.of(document.sender())),
                        reacted.get(document.id()),
                        !document.isDeleted() && document.wordedAt() > until))
                .toList();
    }

    private static MessageView view(
            MessageDocument document,
            @Nullable String username,
            @Nullable List<ReactionView> reactions,
            boolean withheld) {
        Long edited = withheld ? null : document.editedAt();
        return new MessageView(
                document.message(),
                document.conversation(),
                document.seq(),
                document.position(),
                document.sender(),
                username,
                withheld ? null : document.body(),
                Instant.ofEpochMilli(document.at()),
                document.imported() ? true : null,
                document.replyTo(),
                withheld ? null : document.mentions(),
                document.attachments(),
                edited == null ? null : Instant.ofEpochMilli(edited),
                document.isDeleted() ? true : null,
                withheld ? true : null,
                reactions,
                null);
    }
}
