package dev.parley.query.audit;

import dev.parley.messages.AccountId;
import dev.parley.messages.GameId;
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
import dev.parley.messages.conversation.ConversationKind;
import dev.parley.messages.conversation.HistoryVisibility;
import dev.parley.messages.conversation.MemberRole;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.axonframework.eventhandling.DomainEventMessage;
import org.jspecify.annotations.Nullable;

/// A conversation as its facts make it, with one page of its messages: it holds all members, at most 20,000, and no
/// message of another page. Not thread-safe.
final class ConversationFold {

    private final long after;
    private final int limit;
    private final NavigableMap<Long, MessageFold> page = new TreeMap<>();
    private final NavigableMap<String, Joined> members = new TreeMap<>();
    private @Nullable ConversationKind kind;
    private @Nullable String title;
    private @Nullable String topic;
    private HistoryVisibility history = HistoryVisibility.SINCE_JOINING;
    private @Nullable Seats seats;
    private long seq = -1;
    private long messages;
    private boolean more;

    /// @param since the `seq` of the fact that made it a member
    record Joined(MemberRole role, long since) {}

    record Seats(
            GameId game,
            @Nullable AccountId white,
            @Nullable AccountId black) {}

    /// @param after the `seq` after which the page of messages starts
    ConversationFold(long after, int limit) {
        this.after = after;
        this.limit = limit;
    }

    /// Messages of other pages are counted without being read.
    void take(DomainEventMessage<?> fact) {
        seq = fact.getSequenceNumber();
        Class<?> type = fact.getPayloadType();
        if (type == MessageSent.class || type == MessageImported.class) {
            messages++;
            if (seq <= after) {
                return;
            }
            if (page.size() == limit) {
                more = true;
                return;
            }
        }
        if (fact.getPayload() instanceof ConversationEvent event) {
            apply(event);
        }
    }

    private void apply(ConversationEvent event) {
        switch (event) {
            case ConversationStarted started -> start(started);
            case MemberAdded added -> join(added.account(), added.role());
            case MemberRemoved removed -> members.remove(removed.account().toString());
            case MemberRoleChanged changed ->
                members.computeIfPresent(
                        changed.account().toString(), (id, member) -> new Joined(changed.role(), member.since()));
            case ConversationRenamed renamed -> title = renamed.title();
            case TopicChanged changed -> topic = changed.topic();
            case HistoryVisibilityChanged changed -> history = changed.visibility();
            case PlayerSeated seated -> seats = new Seats(seated.game(), seated.white(), seated.black());
            case MessageSent sent -> page.put(seq, MessageFold.of(sent, seq));
            case MessageImported imported -> page.put(seq, MessageFold.of(imported, seq));
            case MessageEdited edited -> of(edited.messageSeq()).forEach(message -> message.edit(edited));
            case MessageDeleted deleted -> of(deleted.messageSeq()).forEach(message -> message.delete(deleted));
            case ReactionAdded added -> of(added.messageSeq()).forEach(message -> message.react(added));
            case ReactionRemoved removed -> of(removed.messageSeq()).forEach(message -> message.takeBack(removed));
        }
    }

    private void start(ConversationStarted started) {
        kind = started.kind();
        title = started.title();
        started.members().forEach(member -> join(member.account(), member.role()));
    }

    private void join(AccountId account, MemberRole role) {
        members.put(account.toString(), new Joined(role, seq));
    }

    /// The message there, if it is on the page.
    private List<MessageFold> of(long messageSeq) {
        MessageFold message = page.get(messageSeq);
        return message == null ? List.of() : List.of(message);
    }

    /// null before the first fact
    @Nullable
    ConversationKind kind() {
        return kind;
    }

    @Nullable
    String title() {
        return title;
    }

    @Nullable
    String topic() {
        return topic;
    }

    HistoryVisibility history() {
        return history;
    }

    @Nullable
    Seats seats() {
        return seats;
    }

    /// Of the last fact.
    long seq() {
        return seq;
    }

    /// By account, in the order of their texts.
    NavigableMap<String, Joined> members() {
        return members;
    }

    /// How many were sent or taken over, deleted ones among them.
    long messages() {
        return messages;
    }

    List<MessageFold> page() {
        return new ArrayList<>(page.values());
    }

    /// Where the next page starts; null on the last.
    @Nullable
    Long next() {
        return more ? page.lastKey() : null;
    }
}
