package dev.parley.messages.conversation;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonInclude;
import dev.parley.messages.AccountId;
import dev.parley.messages.ConversationId;
import dev.parley.messages.Fact;
import dev.parley.messages.GameId;
import dev.parley.messages.MessageId;
import dev.parley.messages.StoredName;
import dev.parley.messages.game.Seat;
import java.time.Instant;
import java.util.List;
import org.axonframework.serialization.Revision;
import org.jspecify.annotations.Nullable;

/// Facts about one conversation, in the order they happened. Their sequence number in the store is the `seq` that
/// clients see.
public sealed interface ConversationEvent extends Fact {

    ConversationId conversation();

    /// @param title at most 200 characters; null for a direct conversation
    /// @param members the first members, the creator among them
    @StoredName("ConversationStarted")
    @Revision("1")
    record ConversationStarted(
            ConversationId conversation,
            ConversationKind kind,
            @Nullable String title,
            AccountId by,
            List<Member> members,
            Instant at)
            implements ConversationEvent {}

    @StoredName("MemberAdded")
    @Revision("1")
    record MemberAdded(ConversationId conversation, AccountId account, MemberRole role, AccountId by, Instant at)
            implements ConversationEvent {}

    /// @param by the same as the account for one who left
    @StoredName("MemberRemoved")
    @Revision("1")
    record MemberRemoved(ConversationId conversation, AccountId account, AccountId by, Instant at)
            implements ConversationEvent {}

    /// @param by an owner; the one who leaves, where the last owner hands over
    @StoredName("MemberRoleChanged")
    @Revision("1")
    record MemberRoleChanged(ConversationId conversation, AccountId account, MemberRole role, AccountId by, Instant at)
            implements ConversationEvent {}

    /// @param title at most 200 characters; null for none
    @StoredName("ConversationRenamed")
    @Revision("1")
    record ConversationRenamed(
            ConversationId conversation, @Nullable String title, AccountId by, Instant at)
            implements ConversationEvent {}

    /// @param topic at most 1,000 characters; null for none
    @StoredName("TopicChanged")
    @Revision("1")
    record TopicChanged(
            ConversationId conversation, @Nullable String topic, AccountId by, Instant at)
            implements ConversationEvent {}

    /// What members see of the time before they joined; [HistoryVisibility#SINCE_JOINING] where it was never said.
    @StoredName("HistoryVisibilityChanged")
    @Revision("1")
    record HistoryVisibilityChanged(ConversationId conversation, HistoryVisibility visibility, AccountId by, Instant at)
            implements ConversationEvent {}

    /// A player sat down in the game whose conversation this is. It follows the fact that made the player a member.
    ///
    /// @param white who holds the white seat now, as far as this conversation was told; null for nobody
    /// @param black likewise
    @StoredName("PlayerSeated")
    @Revision("1")
    record PlayerSeated(
            ConversationId conversation,
            GameId game,
            Seat seat,
            AccountId account,
            @Nullable AccountId white,
            @Nullable AccountId black,
            Instant at)
            implements ConversationEvent {}

    /// Revision 2 added what may be absent: what it answers, whom it mentions and what it carries.
    ///
    /// @param body at most 16 KiB of UTF-8; blank only where there are attachments
    /// @param replyTo the message it answers, as the sender says; it may be one that a reader cannot see
    /// @param mentions members it calls by name, each once
    /// @param attachments in the sender's order
    @StoredName("MessageSent")
    @Revision("2")
    record MessageSent(
            ConversationId conversation,
            MessageId message,
            AccountId sender,
            String body,
            @Nullable MessageId replyTo,
            @JsonInclude(JsonInclude.Include.NON_EMPTY) List<AccountId> mentions,
            @JsonInclude(JsonInclude.Include.NON_EMPTY) List<Attachment> attachments,
            Instant at)
            implements ConversationEvent {

        @JsonCreator
        public MessageSent(
                ConversationId conversation,
                MessageId message,
                AccountId sender,
                String body,
                @Nullable MessageId replyTo,
                @Nullable List<AccountId> mentions,
                @Nullable List<Attachment> attachments,
                Instant at) {
            this.conversation = conversation;
            this.message = message;
            this.sender = sender;
            this.body = body;
            this.replyTo = replyTo;
            this.mentions = mentions == null ? List.of() : List.copyOf(mentions);
            this.attachments = attachments == null ? List.of() : List.copyOf(attachments);
            this.at = at;
        }

        /// A message of text alone.
        public MessageSent(ConversationId conversation, MessageId message, AccountId sender, String body, Instant at) {
            this(conversation, message, sender, body, null, List.of(), List.of(), at);
        }
    }

    /// The author said it differently. What was said before stays in the history of facts.
    ///
    /// @param messageSeq where the message itself is in the conversation
    /// @param edit the id of the edit, made by the client: the idempotency key
    /// @param by the message's sender
    /// @param body the new text, under the rules of a sent one
    /// @param mentions whom the new text mentions
    @StoredName("MessageEdited")
    @Revision("1")
    record MessageEdited(
            ConversationId conversation,
            MessageId message,
            long messageSeq,
            MessageId edit,
            AccountId by,
            String body,
            List<AccountId> mentions,
            Instant at)
            implements ConversationEvent {}

    /// The content is hidden from everybody but auditors from now on. A message that left the window of recent ones may
    /// be deleted more than once.
    ///
    /// @param messageSeq where the message itself is in the conversation
    /// @param sender of the message
    /// @param by its sender, an owner or an admin
    @StoredName("MessageDeleted")
    @Revision("1")
    record MessageDeleted(
            ConversationId conversation, MessageId message, long messageSeq, AccountId sender, AccountId by, Instant at)
            implements ConversationEvent {}

    /// @param messageSeq where the message itself is in the conversation
    /// @param reaction a short text, usually one emoji
    @StoredName("ReactionAdded")
    @Revision("1")
    record ReactionAdded(
            ConversationId conversation,
            MessageId message,
            long messageSeq,
            AccountId account,
            String reaction,
            Instant at)
            implements ConversationEvent {}

    @StoredName("ReactionRemoved")
    @Revision("1")
    record ReactionRemoved(
            ConversationId conversation,
            MessageId message,
            long messageSeq,
            AccountId account,
            String reaction,
            Instant at)
            implements ConversationEvent {}

    /// A message taken over from an archive: history and search show it, nobody is notified of it.
    ///
    /// @param sender the account of the archived nick; it need not be a member
    /// @param body at most 16 KiB of UTF-8, not blank
    /// @param archive the archive's name
    /// @param line the line in the archive's file, from 1
    /// @param at when it was first said
    @StoredName("MessageImported")
    @Revision("1")
    record MessageImported(
            ConversationId conversation,
            MessageId message,
            AccountId sender,
            String body,
            String archive,
            long line,
            Instant at)
            implements ConversationEvent {}
}
