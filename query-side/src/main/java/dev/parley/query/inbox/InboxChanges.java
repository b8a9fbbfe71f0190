package dev.parley.query.inbox;

import dev.parley.messages.AccountId;
import dev.parley.messages.ConversationId;
import dev.parley.messages.Fact;
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
import dev.parley.messages.conversation.HistoryVisibility;
import dev.parley.messages.conversation.Member;
import dev.parley.messages.member.MemberEvent;
import dev.parley.query.batch.Recorded;
import dev.parley.query.batch.UnprojectableException;
import dev.parley.query.clear.Clear;
import dev.parley.query.inbox.ConversationRow.Latest;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What a batch of facts does to the inbox, worked out in memory: one row for each conversation, however many of its
/// messages the batch holds. Not thread-safe.
///
/// Facts of a conversation and of its members come in the order of the store. So a row's last position tells repeats of
/// both: who has seen a later fact of the conversation has seen all of its members' before that. A member's fact after
/// it finds the conversation as it was then, repeat or not, and says the same again.
final class InboxChanges {

    private final Map<ConversationId, ConversationRow> rows;
    private final Clear clear;
    private final Map<ConversationId, ConversationRow> changed = new LinkedHashMap<>();
    private final List<SentRun> runs = new ArrayList<>();
    private final List<MemberChange> members = new ArrayList<>();
    private final Map<Mark.Member, MemberChange.Read> reads = new LinkedHashMap<>();
    private final Map<Mark.Member, Mark> marks = new LinkedHashMap<>();
    private final MentionChanges mentions = new MentionChanges();

    /// @param rows the conversations of the batch as they are stored; one that is not there starts in it, or is of the
    ///     time before the clear
    InboxChanges(Map<ConversationId, ConversationRow> rows, Clear clear) {
        this.rows = rows;
        this.clear = clear;
    }

    Collection<ConversationRow> conversations() {
        return changed.values();
    }

    List<SentRun> runs() {
        return runs;
    }

    /// In the order they happened. Of the reads of one membership only the last counts, so it comes at the end.
    List<MemberChange> members() {
        List<MemberChange> all = new ArrayList<>(members);
        all.addAll(reads.values());
        return all;
    }

    Collection<Mark> marks() {
        return marks.values();
    }

    MentionChanges mentions() {
        return mentions;
    }

    /// A fact that its conversation's row has seen is a repeat and changes nothing, and so does one of a conversation
    /// that a clear took away, whose writer did not know yet.
    ///
    /// @throws UnprojectableException for a conversation that was never started: facts are missing
    void apply(Recorded<Fact> recorded) {
        switch (recorded.fact()) {
            case ConversationEvent event -> {
                ConversationRow row = row(event.conversation(), event instanceof ConversationStarted, recorded);
                if (row == null ? event instanceof ConversationStarted : !seen(row, recorded)) {
                    changed.put(event.conversation(), changed(row, event, recorded));
                }
            }
            case MemberEvent event -> {
                ConversationRow row = row(event.conversation(), false, recorded);
                if (row != null && !seen(row, recorded)) {
                    marked(row, event, recorded.position());
                }
            }
            default -> {}
        }
    }

    private @Nullable ConversationRow row(ConversationId id, boolean starts, Recorded<Fact> recorded) {
        ConversationRow row = changed.getOrDefault(id, rows.get(id));
        if (row == null && !starts && !clear.happened()) {
            throw new UnprojectableException(
                    "Conversation " + id + " was not started before position " + recorded.position());
        }
        return row;
    }

    private static boolean seen(ConversationRow row, Recorded<Fact> recorded) {
        return recorded.position() <= row.latest().position();
    }

    private ConversationRow changed(@Nullable ConversationRow before, ConversationEvent event, Recorded<Fact> fact) {
        Latest latest = new Latest(fact.position(), fact.seq(), fact.storedAt());
        ConversationRow row = before == null
                ? RowChange.started((ConversationStarted) event, latest)
                : RowChange.after(before, event, latest);
        ConversationId id = row.id();
        switch (event) {
            case ConversationStarted started -> {
                for (Member member : started.members()) {
                    joined(row, member);
                }
            }
            case MemberAdded added -> joined(row, new Member(added.account(), added.role()));
            case MemberRemoved removed -> {
                MemberChange.Read read = reads.remove(new Mark.Member(id, removed.account()));
                if (read != null) {
                    members.add(read);
                }
                mentions.read(id, removed.account(), fact.seq());
                boolean whole = row.settings().history() == HistoryVisibility.ALL;
                members.add(new MemberChange.Left(id, removed.account(), fact.position(), whole));
            }
            case MemberRoleChanged changedRole ->
                members.add(new MemberChange.RoleChanged(id, changedRole.account(), changedRole.role()));
            case MessageSent sent -> {
                if (before == null || !before.counted().running()) {
                    runs.add(new SentRun(id, fact.seq(), row.counted().sent() - 1));
                }
                mentions.call(id, fact.seq(), sent.mentions());
                mark(MemberMarks.of(sent, fact.seq(), fact.position()));
                read(id, sent.sender(), fact.seq());
            }
            case MessageImported imported -> {}
            case PlayerSeated seated -> {}
            case ConversationRenamed renamed -> {}
            case TopicChanged topic -> {}
            case HistoryVisibilityChanged history -> {}
            case MessageEdited edited -> mentions.keep(id, edited.messageSeq(), edited.mentions());
            case MessageDeleted deleted -> mentions.keep(id, deleted.messageSeq(), List.of());
            case ReactionAdded added -> {}
            case ReactionRemoved removed -> {}
        }
        return row;
    }

    private void joined(ConversationRow row, Member member) {
        mentions.read(row.id(), member.account(), row.latest().seq());
        members.add(new MemberChange.Joined(
                row.id(),
                member.account(),
                member.role(),
                row.latest().position(),
                row.counted().sent()));
    }

    private void marked(ConversationRow row, MemberEvent event, long position) {
        mark(MemberMarks.of(event, row.latest().seq(), position));
        if (event instanceof MemberEvent.MessagesRead read) {
            read(row.id(), read.account(), Math.min(read.seq(), row.latest().seq()));
        }
    }

    private void mark(Mark mark) {
        marks.merge(mark.member(), mark, Mark::then);
    }

    private void read(ConversationId conversation, AccountId account, long seq) {
        mentions.read(conversation, account, seq);
        reads.merge(
                new Mark.Member(conversation, account),
                new MemberChange.Read(conversation, account, seq),
                (one, other) -> one.seq() > other.seq() ? one : other);
    }
}
