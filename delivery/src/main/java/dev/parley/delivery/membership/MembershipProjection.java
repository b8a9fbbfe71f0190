package dev.parley.delivery.membership;

import dev.parley.messages.account.AccountEvent;
import dev.parley.messages.conversation.ConversationEvent;
import org.axonframework.config.ProcessingGroup;
import org.axonframework.eventhandling.EventHandler;
import org.axonframework.eventhandling.TrackingToken;

/// Keeps the [MembershipStore] from the log, from its beginning. Facts may come twice; the store takes them by
/// position.
@ProcessingGroup(MembershipProjection.NAME)
public final class MembershipProjection {

    public static final String NAME = "membership";

    private final MembershipStore store;

    public MembershipProjection(MembershipStore store) {
        this.store = store;
    }

    @EventHandler
    public void on(ConversationEvent fact, TrackingToken token) {
        long position = token.position().orElseThrow();
        switch (MembershipChange.of(fact)) {
            case MembershipChange.Joined joined -> store.join(fact.conversation(), joined.accounts(), position);
            case MembershipChange.Left left -> store.leave(fact.conversation(), left.account(), position);
            case null -> {}
        }
    }

    /// Accounts join and leave conversations by the conversations' facts alone; taking these moves the token.
    @EventHandler
    public void on(AccountEvent fact) {}
}
