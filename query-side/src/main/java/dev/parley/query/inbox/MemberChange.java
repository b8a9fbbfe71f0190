package dev.parley.query.inbox;

import dev.parley.messages.AccountId;
import dev.parley.messages.ConversationId;
import dev.parley.messages.conversation.MemberRole;

/// A change to rows of `query_side.member`. Each can be applied again without effect.
sealed interface MemberChange {

    /// @param readSent messages that were sent before, and so are not unread for the new member
    record Joined(ConversationId conversation, AccountId account, MemberRole role, long position, long readSent)
            implements MemberChange {}

    /// @param whole whether all of the conversation was visible to members then
    record Left(ConversationId conversation, AccountId account, long position, boolean whole) implements MemberChange {}

    record RoleChanged(ConversationId conversation, AccountId account, MemberRole role) implements MemberChange {}

    /// @param seq of the last event that is read, at most the newest
    record Read(ConversationId conversation, AccountId account, long seq) implements MemberChange {}
}
