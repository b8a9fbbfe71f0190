package dev.parley.messages.conversation;

import dev.parley.messages.AccountId;
import dev.parley.messages.ConversationId;
import dev.parley.messages.GameId;
import dev.parley.messages.MessageId;
import dev.parley.messages.game.Seat;
import java.time.Instant;
import java.util.List;
import org.axonframework.modelling.command.TargetAggregateIdentifier;
import org.jspecify.annotations.Nullable;

/// Requests to change one conversation, routed by its id. `at` is the caller's clock: aggregates have none.
public sealed interface ConversationCommand {

    ConversationId conversation();

    /// Starting a conversation that exists with the same kind and creator changes nothing: a direct conversation's id
    /// is derived from its pair.
    ///
    /// @param members the other first members, without the creator, who becomes the owner of a group
    /// @param history of a group; null for [HistoryVisibility#SINCE_JOINING]
    record StartConversation(
            @TargetAggregateIdentifier ConversationId conversation,
            ConversationKind kind,
            @Nullable String title,
            AccountId by,
            List<AccountId> members,
            @Nullable HistoryVisibility history,
            Instant at)
            implements ConversationCommand {

        /// Members see it from their joining on.
        public StartConversation(
                ConversationId conversation,
                ConversationKind kind,
                @Nullable String title,
                AccountId by,
                List<AccountId> members,
                Instant at) {
            this(conversation, kind, title, by, members, null, at);
        }
    }

    /// By an owner or admin of a group.
    record AddMember(
            @TargetAggregateIdentifier ConversationId conversation,
            AccountId account,
            MemberRole role,
            AccountId by,
            Instant at)
            implements ConversationCommand {}

    /// By an owner or admin of a group, or by the member who leaves.
    ///
    /// @param successor who becomes owner where the last one leaves; null for the admin, member or reader, in this
    ///     order, who joined first
    record RemoveMember(
            @TargetAggregateIdentifier ConversationId conversation,
            AccountId account,
            @Nullable AccountId successor,
            AccountId by,
            Instant at)
            implements ConversationCommand {

        /// Without a wish who succeeds.
        public RemoveMember(ConversationId conversation, AccountId account, AccountId by, Instant at) {
            this(conversation, account, null, by, at);
        }
    }

    /// By an owner of a group; the last owner stays one.
    record ChangeMemberRole(
            @TargetAggregateIdentifier ConversationId conversation,
            AccountId account,
            MemberRole role,
            AccountId by,
            Instant at)
            implements ConversationCommand {}

    /// By an owner or admin of a group. The same title again changes nothing.
    record RenameConversation(
            @TargetAggregateIdentifier ConversationId conversation,
            @Nullable String title,
            AccountId by,
            Instant at) implements ConversationCommand {}

    /// By an owner or admin of a group. The same topic again changes nothing.
    record ChangeTopic(
            @TargetAggregateIdentifier ConversationId conversation,
            @Nullable String topic,
            AccountId by,
            Instant at) implements ConversationCommand {}

    /// By an owner of a group. The same again changes nothing.
    record ChangeHistoryVisibility(
            @TargetAggregateIdentifier ConversationId conversation,
            HistoryVisibility visibility,
            AccountId by,
            Instant at)
            implements ConversationCommand {}

    /// Answers with [Standing] and changes nothing.
    ///
    /// Refused with `not-a-member` for an account that is none.
    record FindStanding(@TargetAggregateIdentifier ConversationId conversation, AccountId account, Instant at)
            implements ConversationCommand {}

    /// Makes who took a seat a member of the game's conversation, which it starts for the first player, and records who
    /// sits where. Repeated for the same seat it changes nothing.
    ///
    /// @param game whose conversation it is
    /// @param name of the game: the conversation's title
    record SeatPlayer(
            @TargetAggregateIdentifier ConversationId conversation,
            GameId game,
            String name,
            Seat seat,
            AccountId account,
            Instant at)
            implements ConversationCommand {}

    /// Answers with [Accepted]. The same id with the same content again answers with the first acceptance and stores
    /// nothing.
    ///
    /// @param body at most 16 KiB of UTF-8; blank only where there are attachments
    /// @param replyTo the message it answers
    /// @param mentions members, each once
    record SendMessage(
            @TargetAggregateIdentifier ConversationId conversation,
            MessageId message,
            AccountId sender,
            String body,
            @Nullable MessageId replyTo,
            List<AccountId> mentions,
            List<Attachment> attachments,
            Instant at)
            implements ConversationCommand {

        /// A message of text alone.
        public SendMessage(ConversationId conversation, MessageId message, AccountId sender, String body, Instant at) {
            this(conversation, message, sender, body, null, List.of(), List.of(), at);
        }
    }

    /// By the message's sender, while it is among the recent ones. Answers with [Accepted] under the edit's id; the
    /// same
    /// id with the same content again answers with the first acceptance and stores nothing, as for sending.
    ///
    /// @param edit made by the client like a message's id: the idempotency key
    record EditMessage(
            @TargetAggregateIdentifier ConversationId conversation,
            MessageId edit,
            MessageId message,
            AccountId by,
            String body,
            List<AccountId> mentions,
            Instant at)
            implements ConversationCommand {}

    /// By the message's sender, an owner or an admin. Answers with [Accepted] under the message's id. Deleting what is
    /// deleted changes nothing.
    ///
    /// @param messageSeq where the message is in the conversation: needed for one that is not among the recent ones
    record DeleteMessage(
            @TargetAggregateIdentifier ConversationId conversation,
            MessageId message,
            @Nullable Long messageSeq,
            AccountId by,
            Instant at)
            implements ConversationCommand {}

    /// By a member who may write, on a message among the recent ones. Answers with [Accepted] under the message's id.
    /// The
    /// same again changes nothing.
    ///
    /// @param reaction a short text, usually one emoji
    record AddReaction(
            @TargetAggregateIdentifier ConversationId conversation,
            MessageId message,
            String reaction,
            AccountId account,
            Instant at)
            implements ConversationCommand {}

    /// As [AddReaction], the other way round.
    record RemoveReaction(
            @TargetAggregateIdentifier ConversationId conversation,
            MessageId message,
            String reaction,
            AccountId account,
            Instant at)
            implements ConversationCommand {}

    /// Answers with [ImportReport]. Messages whose id is not above the highest imported one are skipped, so that a
    /// batch can be repeated.
    ///
    /// @param by the owner of the conversation
    /// @param messages in rising order of id, at most 1,000; none asks how far the import is
    record ImportMessages(
            @TargetAggregateIdentifier ConversationId conversation,
            String archive,
            AccountId by,
            List<ArchivedMessage> messages)
            implements ConversationCommand {}

    /// One line of an archive.
    ///
    /// @param line in the file, from 1
    /// @param at when it was said
    record ArchivedMessage(MessageId message, AccountId sender, String body, long line, Instant at) {}
}
