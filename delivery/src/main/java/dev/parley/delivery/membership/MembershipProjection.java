package dev.parley.delivery.membership;

import dev.parley.delivery.deletion.DeletionStore;
import dev.parley.messages.Fact;
import dev.parley.messages.application.ApplicationEvent;
import dev.parley.messages.application.ApplicationEvent.ApplicationCleared;
import dev.parley.messages.conversation.ConversationEvent;
import dev.parley.messages.conversation.ConversationEvent.MessageDeleted;
import org.axonframework.config.ProcessingGroup;
import org.axonframework.eventhandling.EventHandler;
import org.axonframework.eventhandling.TrackingToken;

/// Keeps the [MembershipStore] and the [DeletionStore] from the log, from its beginning. Facts may come twice; the
/// stores take them by
/// position.
@ProcessingGroup(MembershipProjection.NAME)
public final class MembershipProjection {

    public static final String NAME = "membership";

    private final MembershipStore store;
    private final DeletionStore deletions;

    public MembershipProjection(MembershipStore store, DeletionStore deletions) {
        this.store = store;
        this.deletions = deletions;
    }

    @EventHandler
    public void on(ConversationEvent fact, TrackingToken token) {
        long position = token.position().orElseThrow();
        switch (MembershipChange.of(fact)) {
            case MembershipChange.Joined joined -> store.join(fact.conversation(), joined.accounts(), position);
            case MembershipChange.Left left -> store.leave(fact.conversation(), left.account(), position);
            case null -> {}
        }
        if (fact instanceof MessageDeleted deleted) {
            deletions.delete(fact.conversation(), deleted.messageSeq(), position);
        }
    }

    /// What was before is over. A conversation of before may get a late fact; its members are nobody's accounts any
    /// more, so it shows nobody anything.
    @EventHandler
    public void on(ApplicationEvent fact, TrackingToken token) {
        switch (fact) {
            case ApplicationCleared cleared -> {
                long position = token.position().orElseThrow();
                store.clear(position);
                deletions.clear(position);
            }
        }
    }

    /// All other facts move the token: Axon gives a fact to the most specific handler alone.
    @EventHandler
    public void on(Fact fact) {}
}
