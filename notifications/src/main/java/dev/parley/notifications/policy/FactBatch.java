package dev.parley.notifications.policy;

import dev.parley.messages.AccountId;
import dev.parley.messages.ConversationId;
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
import dev.parley.messages.conversation.Member;
import dev.parley.notifications.policy.AudienceStore.Membership;
import dev.parley.notifications.policy.AudienceStore.Named;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.messaging.unitofwork.UnitOfWork;

/// What one batch of a processor says, kept until it commits so that each kind of change is one statement. Used by one
/// thread.
final class FactBatch {

    record Sent(MessageSent message, long position) {}

    private final List<Membership> joined = new ArrayList<>();
    private final List<Membership> left = new ArrayList<>();
    private final Map<AccountId, Named> names = new LinkedHashMap<>();
    private final Map<ConversationId, Named> titles = new LinkedHashMap<>();
    private final List<Sent> sent = new ArrayList<>();
    private long first = Long.MAX_VALUE;
    private long last = -1;
    private long cleared = -1;

    /// Adds a fact to the batch of a unit of work, which is made for its first fact.
    ///
    /// @param decide called in its transaction, after the last fact
    /// @param done called when that has committed
    static void collect(Fact fact, TrackingToken token, UnitOfWork<?> work, Consumer<FactBatch> decide, Runnable done) {
        FactBatch batch = work.getOrComputeResource(FactBatch.class.getName(), key -> {
            FactBatch made = new FactBatch();
            work.onPrepareCommit(committing -> decide.accept(made));
            work.afterCommit(committed -> done.run());
            return made;
        });
        batch.add(fact, token.position().orElseThrow());
    }

    /// A fact of a family that says nothing about pushes only moves the position.
    void add(Fact fact, long position) {
        first = Math.min(first, position);
        last = Math.max(last, position);
        switch (fact) {
            case ConversationEvent event -> conversation(event, position);
            case AccountEvent event -> account(event, position);
            case ApplicationEvent event -> application(event, position);
            default -> {}
        }
    }

    private void conversation(ConversationEvent fact, long position) {
        ConversationId conversation = fact.conversation();
        switch (fact) {
            case ConversationStarted started -> {
                for (Member member : started.members()) {
                    joined.add(new Membership(conversation, member.account(), position));
                }
                if (started.title() != null) {
                    titles.put(conversation, new Named(started.title(), position));
                }
            }
            case MemberAdded added -> joined.add(new Membership(conversation, added.account(), position));
            case MemberRemoved removed -> left.add(new Membership(conversation, removed.account(), position));
            case MessageSent message -> sent.add(new Sent(message, position));
            case ConversationRenamed renamed -> {
                String title = renamed.title();
                titles.put(conversation, new Named(title == null ? "" : title, position));
            }
            case MemberRoleChanged changed -> {}
            case TopicChanged changed -> {}
            case HistoryVisibilityChanged changed -> {}
            case MessageEdited edited -> {}
            case MessageDeleted deleted -> {}
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
                names.put(registered.account(), new Named(registered.displayName(), position));
            case RoleGranted granted -> {}
            case RoleWithdrawn withdrawn -> {}
        }
    }

    private void application(ApplicationEvent fact, long position) {
        switch (fact) {
            case ApplicationCleared all -> {
                cleared = position;
                joined.clear();
                left.clear();
                titles.clear();
                sent.clear();
            }
        }
    }

    List<Membership> joined() {
        return joined;
    }

    List<Membership> left() {
        return left;
    }

    Map<AccountId, Named> names() {
        return names;
    }

    Map<ConversationId, Named> titles() {
        return titles;
    }

    List<Sent> sent() {
        return sent;
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
