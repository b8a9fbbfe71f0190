package dev.parley.command.conversation;

import dev.parley.command.dispatch.Refusal;
import dev.parley.messages.AccountId;
import dev.parley.messages.RejectionCode;
import dev.parley.messages.conversation.ConversationKind;
import dev.parley.messages.conversation.MemberRole;

/// The one table of who may do what. `docs/conversations.md` shows it to people, and a test holds the two together.
///
/// In a group a right is held by a role and those above it. A direct conversation and a game's have equal members and
/// are closed: nobody comes, goes or changes what they are.
enum Right {
    /// Add and remove members and readers.
    MANAGE_MEMBERS(MemberRole.ADMIN, false),
    /// Add and remove owners and admins.
    MANAGE_ADMINS(MemberRole.OWNER, false),
    CHANGE_ROLES(MemberRole.OWNER, false),
    LEAVE(MemberRole.READER, false),
    /// Change title and topic.
    DESCRIBE(MemberRole.ADMIN, false),
    /// Say what later joiners see.
    OPEN_HISTORY(MemberRole.OWNER, false),
    /// Send, edit and delete what is one's own, react.
    WRITE(MemberRole.MEMBER, true),
    /// Whoever has it has [#WRITE], too.
    DELETE_OTHERS(MemberRole.ADMIN, false),
    IMPORT(MemberRole.ADMIN, false),
    READ(MemberRole.READER, true);

    private final MemberRole least;
    private final boolean whereClosed;

    Right(MemberRole least, boolean whereClosed) {
        this.least = least;
        this.whereClosed = whereClosed;
    }

    /// What it takes to add or remove somebody of this role.
    static Right over(MemberRole role) {
        return switch (role) {
            case OWNER, ADMIN -> MANAGE_ADMINS;
            case MEMBER, READER -> MANAGE_MEMBERS;
        };
    }

    /// @return the role that the account has
    /// @throws Refusal `not-a-member` or `forbidden`
    MemberRole require(ConversationState state, AccountId by) {
        MemberRole role = state.members().roleOf(by);
        if (role == null) {
            throw new Refusal(RejectionCode.NOT_A_MEMBER, "You are no member of this conversation");
        }
        Start start = state.start();
        if (!whereClosed && (start == null || start.kind() != ConversationKind.GROUP)) {
            throw new Refusal(RejectionCode.FORBIDDEN, "Only in groups this can be done");
        }
        if (role.compareTo(least) > 0) {
            throw new Refusal(RejectionCode.FORBIDDEN, "Your role in this conversation does not allow it");
        }
        return role;
    }
}
