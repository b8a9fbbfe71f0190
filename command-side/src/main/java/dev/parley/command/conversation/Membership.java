package dev.parley.command.conversation;

import dev.parley.command.dispatch.Refusal;
import dev.parley.messages.AccountId;
import dev.parley.messages.Rejection;
import dev.parley.messages.RejectionCode;
import dev.parley.messages.conversation.ConversationCommand.AddMember;
import dev.parley.messages.conversation.ConversationCommand.RemoveMember;
import dev.parley.messages.conversation.ConversationEvent.MemberAdded;
import dev.parley.messages.conversation.ConversationEvent.MemberRemoved;
import dev.parley.messages.conversation.ConversationKind;
import dev.parley.messages.conversation.MemberRole;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/// Decides who comes and goes.
///
/// | | owner | admin | member, reader |
/// |---|---|---|---|
/// | add or remove a member or reader | yes | yes | no |
/// | add or remove an owner or admin | yes | no | no |
/// | leave | unless the last owner | yes | yes |
///
/// A direct conversation stays with its two, a game's with its players.
final class Membership {

    private Membership() {}

    /// @throws Refusal `not-a-member`, `forbidden`, `already-a-member` or `conversation-full`
    static MemberAdded decide(ConversationState state, AddMember command) {
        requirePower(state, command.by(), command.role());
        if (state.members().roleOf(command.account()) != null) {
            throw new Refusal(RejectionCode.ALREADY_A_MEMBER, "This account is a member already");
        }
        if (state.members().isFull()) {
            throw new Refusal(RejectionCode.CONVERSATION_FULL, "A conversation has at most 20,000 members");
        }
        return new MemberAdded(
                command.conversation(),
                command.account(),
                command.role(),
                command.by(),
                command.at().truncatedTo(ChronoUnit.MILLIS));
    }

    /// @throws Refusal `not-a-member` for the one who asks, `forbidden`, or `not-found` for the one to
    ///     be removed
    static MemberRemoved decide(ConversationState state, RemoveMember command) {
        boolean leaving = command.account().equals(command.by());
        MemberRole target = state.members().roleOf(command.account());
        requirePower(state, command.by(), leaving || target == null ? null : target);
        if (target == null) {
            throw new Refusal(new Rejection(RejectionCode.NOT_FOUND, "This account is no member", "username"));
        }
        if (state.members().isLastOwner(command.account())) {
            throw new Refusal(RejectionCode.FORBIDDEN, "The last owner stays: make somebody else an owner first");
        }
        return new MemberRemoved(
                command.conversation(),
                command.account(),
                command.by(),
                command.at().truncatedTo(ChronoUnit.MILLIS));
    }

    /// @param over the role that is given or taken; null where any member of a group may go on
    private static void requirePower(ConversationState state, AccountId by, @Nullable MemberRole over) {
        MemberRole role = state.members().roleOf(by);
        if (role == null) {
            throw new Refusal(RejectionCode.NOT_A_MEMBER, "You are no member of this conversation");
        }
        ConversationState.Start start = state.start();
        if (start == null || start.kind() != ConversationKind.GROUP) {
            throw new Refusal(RejectionCode.FORBIDDEN, "Only groups gain and lose members");
        }
        boolean enough = over == null
                || switch (role) {
                    case OWNER -> true;
                    case ADMIN -> over == MemberRole.MEMBER || over == MemberRole.READER;
                    case MEMBER, READER -> false;
                };
        if (!enough) {
            throw new Refusal(RejectionCode.FORBIDDEN, "Your role in this conversation does not allow it");
        }
    }
}
