package dev.parley.messages.member;

import dev.parley.messages.AccountId;
import dev.parley.messages.ConversationId;
import dev.parley.messages.Fact;
import dev.parley.messages.StoredName;
import java.time.Instant;
import org.axonframework.serialization.Revision;
import org.jspecify.annotations.Nullable;

/// Facts about one member of one conversation, in a small stream of their own for each member ([MemberId]), so that
/// they
/// never contend with sending. They bear no `seq` of the conversation.
public sealed interface MemberEvent extends Fact {

    ConversationId conversation();

    AccountId account();

    /// A device of the member has every message up to a place in the conversation. It only goes forward.
    ///
    /// @param seq of the last one; one beyond the newest event counts as the newest at this position of the log
    @StoredName("MessagesDelivered")
    @Revision("1")
    record MessagesDelivered(ConversationId conversation, AccountId account, long seq, Instant at)
            implements MemberEvent {}

    /// The member has read every message up to a place in the conversation. It only goes forward.
    ///
    /// @param seq of the last one, which was there
    /// @param shared whether the other members are told; the conversation is too large otherwise
    @StoredName("MessagesRead")
    @Revision("1")
    record MessagesRead(ConversationId conversation, AccountId account, long seq, boolean shared, Instant at)
            implements MemberEvent {}

    /// The member wants no pushes of the conversation, mentions excepted. Its own business: other members are not told.
    ///
    /// @param until null for ever
    @StoredName("ConversationMuted")
    @Revision("1")
    record ConversationMuted(
            ConversationId conversation,
            AccountId account,
            @Nullable Instant until,
            Instant at) implements MemberEvent {}

    @StoredName("ConversationUnmuted")
    @Revision("1")
    record ConversationUnmuted(ConversationId conversation, AccountId account, Instant at) implements MemberEvent {}
}
