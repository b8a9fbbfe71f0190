package dev.parley.notifications.policy;

import dev.parley.messages.Fact;
import dev.parley.messages.account.AccountEvent;
import dev.parley.messages.account.AccountEvent.AccountRegistered;
import dev.parley.messages.account.AccountEvent.RoleGranted;
import dev.parley.messages.account.AccountEvent.RoleWithdrawn;
import dev.parley.messages.application.ApplicationEvent;
import dev.parley.messages.application.ApplicationEvent.ApplicationCleared;
import dev.parley.messages.conversation.ConversationEvent;
import dev.parley.messages.conversation.ConversationEvent.ConversationRenamed;
import dev.parley.messages.conversation.ConversationEvent.ConversationStarted;
import dev.parley.messages.conversation.ConversationEvent.HistoryVisibilityChanged;
import dev.parley.messages.conversation.ConversationEvent.MemberAdded;
import dev.parley.messages.conversation.ConversationEvent.MemberRemoved;
import dev.parley.messages.conversation.ConversationEvent.MemberRoleChanged;
import dev.parley.messages.conversation.ConversationEvent.MessageDeleted;
import dev.parley.messages.conversation.ConversationEvent.MessageEdited;
import dev.parley.messages.conversation.ConversationEvent.MessageImported;
import dev.parley.messages.conversation.ConversationEvent.MessageSent;
import dev.parley.messages.conversation.ConversationEvent.PlayerSeated;
import dev.parley.messages.conversation.ConversationEvent.ReactionAdded;
import dev.parley.messages.conversation.ConversationEvent.ReactionRemoved;
import dev.parley.messages.conversation.ConversationEvent.TopicChanged;
import dev.parley.messages.member.MemberEvent;
import dev.parley.messages.session.SessionEvent.SessionClosed;
import dev.parley.notifications.policy.AudienceStore.Membership;
import dev.parley.notifications.policy.AudienceStore.Named;
import java.util.function.Consumer;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.messaging.unitofwork.UnitOfWork;

/// What one batch of a processor says, kept until it commits so that each kind of change is one statement. Used by one
/// thread.
final class FactBatch {

    private final AudienceChanges audience = new AudienceChanges();
    private final Said said = new Said();
    private final Marks marks = new Marks();
    private long first = Long.MAX_VALUE;
    private long last = -1;
    private long cleared = -1;

    /// Adds a fact to the batch of a unit of work, which is made for its first fact.
    ///
    /// @param decide called in its transaction, after the last fact
    /// @param done called when that has committed
    static void collect(
            EventMessage<Fact> fact,
            TrackingToken token,
            UnitOfWork<?> work,
            Consumer<FactBatch> decide,
            Runnable done) {
        FactBatch batch = work.getOrComputeResource(FactBatch.class.getName(), key -> {
            FactBatch made = new FactBatch();
            work.onPrepareCommit(committing -> decide.accept(made));
            work.afterCommit(committed -> done.run());
            return made;
        });
        long seq = fact instanceof DomainEventMessage<?> domain ? domain.getSequenceNumber() : -1;
        batch.add(fact.getPayload(), seq, token.position().orElseThrow());
    }

    /// A fact of a family that says nothing about pushes only moves the position.
    void add(Fact fact, long seq, long position) {
        first = Math.min(first, position);
        last = Math.max(last, position);
        switch (fact) {
            case ConversationEvent event -> conversation(event, seq, position);
            case MemberEvent event -> marks.add(event, position);
            case AccountEvent event -> account(event, position);
            case ApplicationEvent event -> application(event, position);
            case SessionClosed over -> audience.closed().add(over.session());
            default -> {}
        }
    }

    private void conversation(ConversationEvent fact, long seq, long position) {
        var conversation = fact.conversation();
        switch (fact) {
            case ConversationStarted started -> {
                started.members()
                        .forEach(member ->
                                audience.joined().add(new Membership(conversation, member.account(), position)));
                if (started.title() != null) {
                    audience.title(conversation, started.title(), position);
                }
            }
            case MemberAdded added -> audience.joined().add(new Membership(conversation, added.account(), position));
            case MemberRemoved removed ->
                audience.left().add(new Membership(conversation, removed.account(), position));
            case ConversationRenamed renamed -> audience.title(conversation, renamed.title(), position);
            case MessageSent message -> said.sent().add(new Said.Sent(message, seq, position));
            case MessageEdited edited -> said.edit(edited, position);
            case MessageDeleted deleted -> said.delete(deleted, position);
            case MemberRoleChanged changed -> {}
            case TopicChanged changed -> {}
            case HistoryVisibilityChanged changed -> {}
            case ReactionAdded added -> {}
            case ReactionRemoved removed -> {}
            case PlayerSeated seated -> {
                // Those who play see it; it rings for nobody.
            }
            case MessageImported imported -> {
                // History: it rings for nobody.
            }
        }
    }

    private void account(AccountEvent fact, long position) {
        switch (fact) {
            case AccountRegistered registered ->
                audience.names().put(registered.account(), new Named(registered.displayName(), position));
            case RoleGranted granted -> {}
            case RoleWithdrawn withdrawn -> {}
        }
    }

    private void application(ApplicationEvent fact, long position) {
        switch (fact) {
            case ApplicationCleared all -> {
                cleared = position;
                audience.clear();
                said.clear();
                marks.clear();
            }
        }
    }

    AudienceChanges audience() {
        return audience;
    }

    Said said() {
        return said;
    }

    Marks marks() {
        return marks;
    }

    /// Where the application was cleared; what is from before that is not here, except for the names of those who were.
    ///
    /// @return -1 if it was not
    long cleared() {
        return cleared;
    }

    /// The lowest position in the batch.
    long first() {
        return first;
    }

    /// The highest position in the batch.
    long last() {
        return last;
    }
}
