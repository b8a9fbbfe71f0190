package dev.parley.delivery.membership;

import dev.parley.messages.AccountId;
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
import dev.parley.messages.conversation.Member;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// What a fact changes about who is a member of its conversation.
public sealed interface MembershipChange {

    boolean concerns(AccountId account);

    /// They see the conversation from this fact on.
    record Joined(Set<AccountId> accounts) implements MembershipChange {
        @Override
        public boolean concerns(AccountId account) {
            return accounts.contains(account);
        }
    }

    /// The last fact of the conversation this account sees.
    record Left(AccountId account) implements MembershipChange {
        @Override
        public boolean concerns(AccountId other) {
            return account.equals(other);
        }
    }

    /// @return null for a fact that leaves the members as they are
    static @Nullable MembershipChange of(ConversationEvent fact) {
        return switch (fact) {
            case ConversationStarted started ->
                new Joined(started.members().stream().map(Member::account).collect(Collectors.toUnmodifiableSet()));
            case MemberAdded added -> new Joined(Set.of(added.account()));
            case MemberRemoved removed -> new Left(removed.account());
            case MessageSent sent -> null;
            case PlayerSeated seated -> null;
            case MemberRoleChanged changed -> null;
            case ConversationRenamed renamed -> null;
            case TopicChanged changed -> null;
            case HistoryVisibilityChanged changed -> null;
            case MessageEdited edited -> null;
            case MessageDeleted deleted -> null;
            case ReactionAdded added -> null;
            case ReactionRemoved removed -> null;
            case MessageImported imported -> null;
        };
    }

    /// Whether a fact of this class can change members: false lets a reader skip it unread.
    static boolean possibleIn(Class<?> fact) {
        return fact == ConversationStarted.class || fact == MemberAdded.class || fact == MemberRemoved.class;
    }
}
