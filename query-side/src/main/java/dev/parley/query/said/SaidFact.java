package dev.parley.query.said;

import dev.parley.messages.AccountId;
import dev.parley.messages.MessageId;
import dev.parley.messages.conversation.ConversationEvent;
import dev.parley.messages.conversation.ConversationEvent.ConversationRenamed;
import dev.parley.messages.conversation.ConversationEvent.ConversationStarted;
import dev.parley.messages.conversation.ConversationEvent.HistoryVisibilityChanged;
import dev.parley.messages.conversation.ConversationEvent.MemberAdded;
import dev.parley.messages.conversation.ConversationEvent.MemberRemoved;
import dev.parley.messages.conversation.ConversationEvent.MemberRoleChanged;
import dev.parley.messages.conversation.ConversationEvent.MessageDeleted;
import dev.parley.messages.conversation.ConversationEvent.MessageEdited;
import dev.parley.messages.conversation.ConversationEvent.MessageImported;
import dev.parley.messages.conversation.ConversationEvent.MessageSent;
import dev.parley.messages.conversation.ConversationEvent.PlayerSeated;
import dev.parley.messages.conversation.ConversationEvent.ReactionAdded;
import dev.parley.messages.conversation.ConversationEvent.ReactionRemoved;
import dev.parley.messages.conversation.ConversationEvent.TopicChanged;
import dev.parley.query.batch.Recorded;
import dev.parley.query.history.MessageDocument;
import dev.parley.query.history.MessageForms;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a fact says about a message.
///
/// @param messageSeq where the message is in the conversation
/// @param document what it can be found by; null for a fact without a body
record SaidFact(
        String kind,
        MessageId message,
        long messageSeq,
        AccountId by,
        Instant at,
        @Nullable MessageDocument document) {

    /// @return null for a fact about something else
    static @Nullable SaidFact of(Recorded<ConversationEvent> recorded) {
        long position = recorded.position();
        long seq = recorded.seq();
        return switch (recorded.fact()) {
            case MessageSent it ->
                new SaidFact(
                        SaidDocument.SENT, it.message(), seq, it.sender(), it.at(), MessageForms.of(it, position, seq));
            case MessageImported it ->
                new SaidFact(
                        SaidDocument.IMPORTED,
                        it.message(),
                        seq,
                        it.sender(),
                        it.at(),
                        MessageForms.of(it, position, seq));
            case MessageEdited it ->
                new SaidFact(
                        SaidDocument.EDITED,
                        it.message(),
                        it.messageSeq(),
                        it.by(),
                        it.at(),
                        MessageForms.of(said(it), position, it.messageSeq()));
            case MessageDeleted it -> of(SaidDocument.DELETED, it.message(), it.messageSeq(), it.by(), it.at());
            case ReactionAdded it -> of(SaidDocument.REACTED, it.message(), it.messageSeq(), it.account(), it.at());
            case ReactionRemoved it -> of(SaidDocument.UNREACTED, it.message(), it.messageSeq(), it.account(), it.at());
            case ConversationStarted it -> null;
            case MemberAdded it -> null;
            case MemberRemoved it -> null;
            case MemberRoleChanged it -> null;
            case ConversationRenamed it -> null;
            case TopicChanged it -> null;
            case HistoryVisibilityChanged it -> null;
            case PlayerSeated it -> null;
        };
    }

    private static SaidFact of(String kind, MessageId message, long seq, AccountId by, Instant at) {
        return new SaidFact(kind, message, seq, by, at, null);
    }

    /// The new text as if it had been sent: found by who wrote it, when, and whom it mentions.
    private static MessageSent said(MessageEdited edit) {
        return new MessageSent(
                edit.conversation(),
                edit.message(),
                edit.by(),
                edit.body(),
                null,
                edit.mentions(),
                List.of(),
                edit.at());
    }
}
