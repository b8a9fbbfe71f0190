package dev.parley.command.conversation;

import dev.parley.command.dispatch.Refusal;
import dev.parley.messages.AccountId;
import dev.parley.messages.Rejection;
import dev.parley.messages.RejectionCode;
import dev.parley.messages.conversation.ConversationCommand.AddMember;
import dev.parley.messages.conversation.ConversationCommand.ChangeMemberRole;
import dev.parley.messages.conversation.ConversationCommand.RemoveMember;
import dev.parley.messages.conversation.ConversationEvent;
import dev.parley.messages.conversation.ConversationEvent.MemberAdded;
import dev.parley.messages.conversation.ConversationEvent.MemberRemoved;
import dev.parley.messages.conversation.ConversationEvent.MemberRoleChanged;
import dev.parley.messages.conversation.MemberRole;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Decides who comes and goes, and as what. While a group has members it has an owner: the last one cannot step down,
/// and hands over on leaving.
final class Membership {

    private Membership() {}

    /// @throws Refusal `not-a-member`, `forbidden`, `already-a-member` or `conversation-full`
    static MemberAdded decide(ConversationState state, ConversationLimits limits, AddMember command) {
        Right.over(command.role()).require(state, command.by());
        if (state.members().roleOf(command.account()) != null) {
            throw new Refusal(RejectionCode.ALREADY_A_MEMBER, "This account is a member already");
        }
        if (state.members().size() >= limits.members()) {
            throw new Refusal(full(limits));
        }
        return new MemberAdded(
                command.conversation(),
                command.account(),
                command.role(),
                command.by(),
                command.at().truncatedTo(ChronoUnit.MILLIS));
    }

    /// @return who goes, after the new owner where the last one leaves others behind
    /// @throws Refusal `not-a-member` for the one who asks, `forbidden`, or `not-found` for the one to
    ///     be removed and for the named successor
    static List<ConversationEvent> decide(ConversationState state, RemoveMember command) {
        boolean leaving = command.account().equals(command.by());
        MemberRole target = state.members().roleOf(command.account());
        Right right = leaving ? Right.LEAVE : Right.over(target == null ? MemberRole.READER : target);
        right.require(state, command.by());
        if (target == null) {
            throw absent("username");
        }
        MemberRemoved removed = new MemberRemoved(
                command.conversation(),
                command.account(),
                command.by(),
                command.at().truncatedTo(ChronoUnit.MILLIS));
        AccountId successor = leaving ? successor(state, command) : null;
        return successor == null
                ? List.of(removed)
                : List.of(
                        new MemberRoleChanged(
                                command.conversation(), successor, MemberRole.OWNER, command.by(), removed.at()),
                        removed);
    }

    /// @return null for the role that the member has
    /// @throws Refusal `not-a-member` for the one who asks, `forbidden`, also for the last owner to step down, or
    ///     `not-found` for the one to be changed
    static @Nullable MemberRoleChanged decide(ConversationState state, ChangeMemberRole command) {
        Right.CHANGE_ROLES.require(state, command.by());
        MemberRole before = state.members().roleOf(command.account());
        if (before == null) {
            throw absent("username");
        }
        if (before == command.role()) {
            return null;
        }
        if (state.members().isLastOwner(command.account())) {
            throw new Refusal(RejectionCode.FORBIDDEN, "The last owner stays one: make somebody else an owner first");
        }
        return new MemberRoleChanged(
                command.conversation(),
                command.account(),
                command.role(),
                command.by(),
                command.at().truncatedTo(ChronoUnit.MILLIS));
    }

    static Rejection full(ConversationLimits limits) {
        return new Rejection(
                RejectionCode.CONVERSATION_FULL, "A conversation has at most " + limits.members() + " members");
    }

    /// @return null where none is needed, or nobody is there
    private static @Nullable AccountId successor(ConversationState state, RemoveMember command) {
        if (!state.members().isLastOwner(command.account())) {
            return null;
        }
        AccountId named = command.successor();
        if (named == null) {
            return state.members().heir();
        }
        if (state.members().roleOf(named) == null) {
            throw absent("successor");
        }
        if (named.equals(command.account())) {
            throw new Refusal(Rejection.invalid("successor", "Who leaves is succeeded by somebody else"));
        }
        return named;
    }

    private static Refusal absent(String field) {
        return new Refusal(new Rejection(RejectionCode.NOT_FOUND, "This account is no member", field));
    }
}
