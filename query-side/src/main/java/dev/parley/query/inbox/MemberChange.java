package dev.parley.query.inbox;

import dev.parley.messages.AccountId;
import dev.parley.messages.ConversationId;
import dev.parley.messages.conversation.MemberRole;

/// A change to rows of `query_side.member`. Each can be applied again without effect.
sealed interface MemberChange {

    /// @param readSent messages that were sent before, and so are not unread for the new member
    record Joined(ConversationId conversation, AccountId account, MemberRole role, long position, long readSent)
            implements MemberChange {}

    record Left(ConversationId conversation, AccountId account, long position) implements MemberChange {}

    /// @param readSent messages sent up to and including the last one that is read
    record Read(ConversationId conversation, AccountId account, long readSent) implements MemberChange {}
}
