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
    record StartConversation(
            @TargetAggregateIdentifier ConversationId conversation,
            ConversationKind kind,
            @Nullable String title,
            AccountId by,
            List<AccountId> members,
            Instant at)
            implements ConversationCommand {}

    /// By an owner or admin of a group.
    record AddMember(
            @TargetAggregateIdentifier ConversationId conversation,
            AccountId account,
            MemberRole role,
            AccountId by,
            Instant at)
            implements ConversationCommand {}

    /// By an owner or admin of a group, or by the member who leaves.
    record RemoveMember(
            @TargetAggregateIdentifier ConversationId conversation, AccountId account, AccountId by, Instant at)
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
    /// @param body at most 16 KiB of UTF-8, not blank
    record SendMessage(
            @TargetAggregateIdentifier ConversationId conversation,
            MessageId message,
            AccountId sender,
            String body,
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
