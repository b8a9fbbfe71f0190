package dev.parley.notifications.policy;

import dev.parley.messages.AccountId;
import dev.parley.messages.ConversationId;
import dev.parley.messages.account.AccountEvent;
import dev.parley.messages.account.AccountEvent.AccountRegistered;
import dev.parley.messages.account.AccountEvent.RoleGranted;
import dev.parley.messages.account.AccountEvent.RoleWithdrawn;
import dev.parley.messages.conversation.ConversationEvent;
import dev.parley.messages.conversation.ConversationEvent.ConversationStarted;
import dev.parley.messages.conversation.ConversationEvent.MemberAdded;
import dev.parley.messages.conversation.ConversationEvent.MemberRemoved;
import dev.parley.messages.conversation.ConversationEvent.MessageImported;
import dev.parley.messages.conversation.ConversationEvent.MessageSent;
import dev.parley.messages.conversation.ConversationEvent.PlayerSeated;
import dev.parley.messages.conversation.Member;
import dev.parley.notifications.policy.AudienceStore.Membership;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.axonframework.messaging.unitofwork.UnitOfWork;

/// What one batch of a processor says, kept until it commits so that each kind of change is one statement. Used by one
/// thread.
final class FactBatch {

    record Sent(MessageSent message, long position) {}

    private final List<Membership> joined = new ArrayList<>();
    private final List<Membership> left = new ArrayList<>();
    private final Map<AccountId, String> names = new LinkedHashMap<>();
    private final Map<ConversationId, String> titles = new LinkedHashMap<>();
    private final List<Sent> sent = new ArrayList<>();
    private long first = Long.MAX_VALUE;
    private long last = -1;

    /// The batch of a unit of work, made for its first event.
    ///
    /// @param decide called in its transaction, after the last event
    /// @param done called when that has committed
    static FactBatch of(UnitOfWork<?> work, Consumer<FactBatch> decide, Runnable done) {
        return work.getOrComputeResource(FactBatch.class.getName(), key -> {
            FactBatch batch = new FactBatch();
            work.onPrepareCommit(committing -> decide.accept(batch));
            work.afterCommit(committed -> done.run());
            return batch;
        });
    }

    void add(ConversationEvent fact, long position) {
        reach(position);
        ConversationId conversation = fact.conversation();
        switch (fact) {
            case ConversationStarted started -> {
                for (Member member : started.members()) {
                    joined.add(new Membership(conversation, member.account(), position));
                }
                if (started.title() != null) {
                    titles.put(conversation, started.title());
                }
            }
            case MemberAdded added -> joined.add(new Membership(conversation, added.account(), position));
            case MemberRemoved removed -> left.add(new Membership(conversation, removed.account(), position));
            case MessageSent message -> sent.add(new Sent(message, position));
            case PlayerSeated seated -> {
                // Those who play see it; it rings for nobody.
            }
            case MessageImported imported -> {
                // History: it rings for nobody.
            }
        }
    }

    void add(AccountEvent fact, long position) {
        reach(position);
        switch (fact) {
            case AccountRegistered registered -> names.put(registered.account(), registered.displayName());
            case RoleGranted granted -> {}
            case RoleWithdrawn withdrawn -> {}
        }
    }

    private void reach(long position) {
        first = Math.min(first, position);
        last = Math.max(last, position);
    }

    List<Membership> joined() {
        return joined;
    }

    List<Membership> left() {
        return left;
    }

    Map<AccountId, String> names() {
        return names;
    }

    Map<ConversationId, String> titles() {
        return titles;
    }

    List<Sent> sent() {
        return sent;
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
