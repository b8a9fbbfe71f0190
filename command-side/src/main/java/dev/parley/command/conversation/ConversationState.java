package dev.parley.command.conversation;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.parley.command.conversation.Recent.Said;
import dev.parley.messages.MessageId;
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
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a conversation remembers in order to decide: the fold of its events. Not thread-safe: it
/// belongs to one aggregate. It is bounded by [ConversationLimits], [RecentMessages#CAPACITY] and
/// [Deletions#CAPACITY], however long the conversation.
final class ConversationState {

    private final Members members;
    private final RecentMessages recent;
    private final Deletions deletions;
    private @Nullable Start start;
    private @Nullable Imported imported;
    private @Nullable MessageId earliestLive;
    private Appearance appearance = Appearance.titled(null);
    private Seats seats = new Seats(null, null);

    /// As it is written into a snapshot. Revise `@Revision` of [Conversation] when its shape changes.
    record Kept(
            @Nullable Start start,
            List<Member> members,
            RecentMessages recent,
            @Nullable Imported imported,
            @Nullable MessageId earliestLive,
            Appearance appearance,
            Seats seats,
            Deletions deletions) {}

    ConversationState() {
        members = new Members();
        recent = new RecentMessages();
        deletions = new Deletions();
    }

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    ConversationState(Kept kept) {
        members = new Members();
        kept.members().forEach(members::put);
        recent = kept.recent();
        start = kept.start();
        imported = kept.imported();
        earliestLive = kept.earliestLive();
        appearance = kept.appearance();
        seats = kept.seats();
        deletions = kept.deletions();
    }

    @JsonValue
    Kept kept() {
        return new Kept(start, members.list(), recent, imported, earliestLive, appearance, seats, deletions);
    }

    /// The only place where the state changes.
    ///
    /// @param seq the event's sequence number in the conversation
    void on(ConversationEvent event, long seq) {
        switch (event) {
            case ConversationStarted it -> {
                start = new Start(it.kind(), it.by());
                appearance = Appearance.titled(it.title());
                it.members().forEach(members::put);
            }
            case MemberAdded it -> members.put(new Member(it.account(), it.role()));
            case MemberRemoved it -> members.remove(it.account());
            case MemberRoleChanged it -> members.put(new Member(it.account(), it.role()));
            case PlayerSeated it -> seats = seats.with(it.seat(), it.account());
            case ConversationRenamed it -> appearance = appearance.withTitle(it.title());
            case TopicChanged it -> appearance = appearance.withTopic(it.topic());
            case HistoryVisibilityChanged it -> appearance = appearance.withHistory(it.visibility());
            case MessageSent it -> {
                Said said = new Said(!it.attachments().isEmpty());
                live(new Recent(it.message(), it.sender(), ContentHash.of(it), seq, it.at(), said));
            }
            case MessageEdited it -> live(new Recent(it.edit(), it.by(), ContentHash.of(it), seq, it.at(), null));
            case MessageDeleted it -> {
                recent.change(it.message(), Said::gone);
                deletions.add(it.message());
            }
            case ReactionAdded it ->
                recent.react(it.message(), reactions -> reactions.add(it.reaction(), it.account()));
            case ReactionRemoved it ->
                recent.react(it.message(), reactions -> reactions.remove(it.reaction(), it.account()));
            case MessageImported it -> {
                long before = imported == null ? 0 : imported.count();
                imported = new Imported(it.archive(), it.message(), before + 1, it.line());
            }
        }
    }

    private void live(Recent accepted) {
        recent.add(accepted);
        MessageId earliest = earliestLive;
        if (earliest == null || RecentMessages.BY_TIME.compare(accepted.id(), earliest) < 0) {
            earliestLive = accepted.id();
        }
    }

    /// @return null for a conversation that was not started
    @Nullable
    Start start() {
        return start;
    }

    Members members() {
        return members;
    }

    RecentMessages recent() {
        return recent;
    }

    Deletions deletions() {
        return deletions;
    }

    /// @return null where nothing was imported
    @Nullable
    Imported imported() {
        return imported;
    }

    Appearance appearance() {
        return appearance;
    }

    Seats seats() {
        return seats;
    }

    /// The lowest id ever of a message or edit: imported ids stay below it.
    ///
    /// @return null where nothing was sent
    @Nullable
    MessageId earliestLive() {
        return earliestLive;
    }
}
