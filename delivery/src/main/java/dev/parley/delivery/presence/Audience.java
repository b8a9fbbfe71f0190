package dev.parley.delivery.presence;

import dev.parley.messages.AccountId;
import dev.parley.messages.ConversationId;
import java.util.Collection;

/// The live sessions of this node.
public interface Audience {

    /// Whether there is nobody.
    boolean isEmpty();

    /// Signals to each live session of others that is in one of the conversations, once. A conversation with a crowd of
    /// them is passed over.
    void tell(AccountId about, Collection<ConversationId> conversations, String frame);
}
