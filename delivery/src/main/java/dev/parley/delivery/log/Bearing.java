package dev.parley.delivery.log;

import dev.parley.delivery.membership.MembershipChange;
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
import dev.parley.messages.member.MemberEvent;
import dev.parley.messages.member.MemberEvent.ConversationMuted;
import dev.parley.messages.member.MemberEvent.ConversationUnmuted;
import dev.parley.messages.member.MemberEvent.MessagesDelivered;
import dev.parley.messages.member.MemberEvent.MessagesRead;
import org.jspecify.annotations.Nullable;

/// What a fact has to do with who gets which events, beside being one.
public sealed interface Bearing {

    /// All others: every member gets them, and they change nothing.
    Bearing NONE = new None();

    record None() implements Bearing {}

    /// It changes who is a member.
    record Members(MembershipChange change) implements Bearing {}

    /// Its frame shows what a message says.
    ///
    /// @param message the message's place in its conversation
    /// @param author of the message; null for an edit and for an imported message
    record Content(long message, @Nullable AccountId author) implements Bearing {}

    /// From now on nobody is shown what the message said.
    ///
    /// @param message its place in its conversation
    record Deletion(long message) implements Bearing {}

    /// The business of this account alone: no other member gets it.
    record Only(AccountId account) implements Bearing {}

    /// For the others: this account's devices know.
    record AllBut(AccountId account) implements Bearing {}

    /// Whether a member may get such a fact.
    default boolean reaches(AccountId account) {
        return switch (this) {
            case Only only -> only.account().equals(account);
            case AllBut others -> !others.account().equals(account);
            case None none -> true;
            case Members members -> true;
            case Content content -> true;
            case Deletion deletion -> true;
        };
    }

    /// @param seq the fact's place in its conversation
    static Bearing of(ConversationEvent fact, long seq) {
        return switch (fact) {
            case ConversationStarted started -> members(fact);
            case MemberAdded added -> members(fact);
            case MemberRemoved removed -> members(fact);
            case MessageSent sent -> new Content(seq, sent.sender());
            case MessageImported imported -> new Content(seq, null);
            case MessageEdited edited -> new Content(edited.messageSeq(), null);
            case MessageDeleted deleted -> new Deletion(deleted.messageSeq());
            case PlayerSeated seated -> NONE;
            case MemberRoleChanged changed -> NONE;
            case ConversationRenamed renamed -> NONE;
            case TopicChanged changed -> NONE;
            case HistoryVisibilityChanged changed -> NONE;
            case ReactionAdded added -> NONE;
            case ReactionRemoved removed -> NONE;
        };
    }

    static Bearing of(MemberEvent fact) {
        return switch (fact) {
            case MessagesDelivered delivered -> new AllBut(delivered.account());
            case MessagesRead read -> read.shared() ? NONE : new Only(read.account());
            case ConversationMuted muted -> new Only(muted.account());
            case ConversationUnmuted unmuted -> new Only(unmuted.account());
        };
    }

    private static Bearing members(ConversationEvent fact) {
        MembershipChange change = MembershipChange.of(fact);
        return change == null ? NONE : new Members(change);
    }
}
