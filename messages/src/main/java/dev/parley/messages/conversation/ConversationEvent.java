package dev.parley.messages.conversation;

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

    /// @param body at most 16 KiB of UTF-8, not blank
    @StoredName("MessageSent")
    @Revision("1")
    record MessageSent(ConversationId conversation, MessageId message, AccountId sender, String body, Instant at)
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
