package dev.parley.query.audit;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.parley.messages.AccountId;
import dev.parley.messages.MessageId;
import dev.parley.messages.conversation.Attachment;
import dev.parley.messages.conversation.ConversationEvent.MessageDeleted;
import dev.parley.messages.conversation.ConversationEvent.MessageEdited;
import dev.parley.messages.conversation.ConversationEvent.MessageImported;
import dev.parley.messages.conversation.ConversationEvent.MessageSent;
import dev.parley.messages.conversation.ConversationEvent.ReactionAdded;
import dev.parley.messages.conversation.ConversationEvent.ReactionRemoved;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A message as the facts about it make it. To auditors the text of a deleted message stays what it was when it was
/// deleted; nothing changes it any more. Not thread-safe.
final class MessageFold {

    private final View said;
    private final Map<String, Set<AccountId>> reactions = new LinkedHashMap<>();
    private @Nullable MessageEdited edited;
    private @Nullable Deleted deleted;
    private int edits;

    private MessageFold(View said) {
        this.said = said;
    }

    record Deleted(AccountId by, Instant at) {}

    record Reacted(String reaction, Set<AccountId> accounts) {}

    /// @param archive where it was taken over from
    /// @param edits how often it was edited up to then
    /// @param reactions the kind that came first comes first
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    record View(
            MessageId message,
            @JsonInclude long seq,
            AccountId sender,
            Instant at,
            @JsonInclude String body,
            @Nullable String archive,
            @Nullable MessageId replyTo,
            List<AccountId> mentions,
            List<Attachment> attachments,
            @JsonInclude int edits,
            @Nullable Instant editedAt,
            @Nullable Deleted deleted,
            List<Reacted> reactions) {}

    static MessageFold of(MessageSent sent, long seq) {
        return new MessageFold(new View(
                sent.message(),
                seq,
                sent.sender(),
                sent.at(),
                sent.body(),
                null,
                sent.replyTo(),
                sent.mentions(),
                sent.attachments(),
                0,
                null,
                null,
                List.of()));
    }

    static MessageFold of(MessageImported imported, long seq) {
        return new MessageFold(new View(
                imported.message(),
                seq,
                imported.sender(),
                imported.at(),
                imported.body(),
                imported.archive(),
                null,
                List.of(),
                List.of(),
                0,
                null,
                null,
                List.of()));
    }

    void edit(MessageEdited edit) {
        if (deleted == null) {
            edited = edit;
            edits++;
        }
    }

    void delete(MessageDeleted deletion) {
        if (deleted == null) {
            deleted = new Deleted(deletion.by(), deletion.at());
        }
    }

    void react(ReactionAdded added) {
        reactions
                .computeIfAbsent(added.reaction(), kind -> new LinkedHashSet<>())
                .add(added.account());
    }

    void takeBack(ReactionRemoved removed) {
        reactions.computeIfPresent(removed.reaction(), (kind, accounts) -> {
            accounts.remove(removed.account());
            return accounts.isEmpty() ? null : accounts;
        });
    }

    View view() {
        MessageEdited now = edited;
        return new View(
                said.message(),
                said.seq(),
                said.sender(),
                said.at(),
                now == null ? said.body() : now.body(),
                said.archive(),
                said.replyTo(),
                now == null ? said.mentions() : now.mentions(),
                said.attachments(),
                edits,
                now == null ? null : now.at(),
                deleted,
                reactions.entrySet().stream()
                        .map(kind -> new Reacted(kind.getKey(), kind.getValue()))
                        .toList());
    }
}
