package dev.parley.delivery.receipt;

import dev.parley.messages.ConversationId;
import java.util.Collection;
import java.util.Map;

/// How many members conversations have, as far as the projection has come.
public interface MemberCounts {

    /// In one round trip.
    ///
    /// @param limit counting stops there
    /// @return for each conversation the lower of its members and the limit
    Map<ConversationId, Integer> upTo(int limit, Collection<ConversationId> conversations);
}
