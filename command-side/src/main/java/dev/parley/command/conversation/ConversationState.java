package dev.parley.command.conversation;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.parley.messages.AccountId;
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
import dev.parley.messages.conversation.ConversationKind;
import dev.parley.messages.conversation.Member;
import dev.parley.messages.game.Seat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a conversation remembers in order to decide: the fold of its events. Not thread-safe: it
/// belongs to one aggregate. It is bounded by [Members#LIMIT] and [RecentMessages#CAPACITY], however
/// long the conversation.
final class ConversationState {

    private final Members members;
    private final RecentMessages recent;
    private @Nullable Start start;
    private @Nullable Imported imported;
    private @Nullable MessageId earliestSent;
    private Seats seats = new Seats(null, null);

    /// Who started it and as what.
    record Start(ConversationKind kind, AccountId by) {}

    /// Who plays the game whose conversation it is, as far as it was told.
    record Seats(@Nullable AccountId white, @Nullable AccountId black) {

        Seats with(Seat seat, AccountId account) {
            return switch (seat) {
                case WHITE -> new Seats(account, black);
                case BLACK -> new Seats(white, account);
            };
        }
    }

    /// As it is written into a snapshot. Revise `@Revision` of [Conversation] when its shape changes.
    record Kept(
            @Nullable Start start,
            List<Member> members,
            RecentMessages recent,
            @Nullable Imported imported,
            @Nullable MessageId earliestSent,
            Seats seats) {}

    ConversationState() {
        members = new Members();
        recent = new RecentMessages();
    }

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    ConversationState(Kept kept) {
        members = new Members();
        kept.members().forEach(members::put);
        recent = kept.recent();
        start = kept.start();
        imported = kept.imported();
        earliestSent = kept.earliestSent();
        seats = kept.seats();
    }

    @JsonValue
    Kept kept() {
        return new Kept(start, members.list(), recent, imported, earliestSent, seats);
    }

    /// The only place where the state changes.
    ///
    /// @param seq the event's sequence number in the conversation
    void on(ConversationEvent event, long seq) {
        switch (event) {
            case ConversationStarted it -> {
                start = new Start(it.kind(), it.by());
                it.members().forEach(members::put);
            }
            case MemberAdded it -> members.put(new Member(it.account(), it.role()));
            case MemberRemoved it -> members.remove(it.account());
            case MemberRoleChanged it -> members.put(new Member(it.account(), it.role()));
            case PlayerSeated it -> seats = seats.with(it.seat(), it.account());
            case MessageSent it -> {
                recent.add(new RecentMessages.Recent(
                        it.message(), it.sender(), MessageBody.hash(it.body()), seq, it.at()));
                MessageId earliest = earliestSent;
                boolean earlier = earliest == null || RecentMessages.BY_TIME.compare(it.message(), earliest) < 0;
                earliestSent = earlier ? it.message() : earliest;
            }
            case ConversationRenamed it -> {}
            case TopicChanged it -> {}
            case HistoryVisibilityChanged it -> {}
            case MessageEdited it -> {}
            case MessageDeleted it -> {}
            case ReactionAdded it -> {}
            case ReactionRemoved it -> {}
            case MessageImported it -> {
                long before = imported == null ? 0 : imported.count();
                imported = new Imported(it.archive(), it.message(), before + 1, it.line());
            }
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

    /// @return null where nothing was imported
    @Nullable
    Imported imported() {
        return imported;
    }

    Seats seats() {
        return seats;
    }

    /// The live message with the lowest id ever: imported ids stay below it.
    ///
    /// @return null where nothing was sent
    @Nullable
    MessageId earliestSent() {
        return earliestSent;
    }
}
