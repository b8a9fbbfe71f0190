package dev.parley.delivery.presence;

import dev.parley.messages.AccountId;
import dev.parley.messages.ConversationId;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Who is online, over all nodes.
interface PresenceStore {

    /// @param lastActive for one that is not online, if it is known
    record Present(
            AccountId account, boolean online, @Nullable Instant lastActive) {}

    /// Removes claims of dead nodes, some at a time.
    ///
    /// @return whether there may be more
    boolean reap();

    /// Tells everybody of accounts whose grace is over, some at a time. Each is told by one node.
    ///
    /// @return whether there may be more
    boolean sweep();

    /// The members of a conversation in the order of their ids.
    ///
    /// @param after null to begin with the first
    List<Present> members(ConversationId conversation, @Nullable AccountId after, int limit);

    boolean isMember(ConversationId conversation, AccountId account);

    /// The conversations of each account, at most so many.
    Map<AccountId, List<ConversationId>> conversations(Set<AccountId> accounts, int most);
}
