package dev.parley.query.inbox;

import dev.parley.messages.AccountId;
import dev.parley.messages.ConversationId;
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
import dev.parley.query.batch.Recorded;
import dev.parley.query.batch.Storable;
import dev.parley.query.clear.Clear;
import dev.parley.query.inbox.ConversationRow.LastMessage;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What a batch of facts does to the inbox, worked out in memory: one row for each conversation, however many of its
/// messages the batch holds. Not thread-safe.
final class InboxChanges {

    /// Code points of a message that the inbox shows.
    private static final int EXCERPT = 200;

    private final Map<ConversationId, ConversationRow> rows;
    private final Clear clear;
    private final Map<ConversationId, ConversationRow> changed = new LinkedHashMap<>();
    private final List<MemberChange> members = new ArrayList<>();
    private final Map<Reader, MemberChange.Read> reads = new LinkedHashMap<>();

    private record Reader(ConversationId conversation, AccountId account) {}

    /// @param rows the conversations of the batch as they are stored; one that is not there starts in it, or is of the
    ///     time before the clear
    InboxChanges(Map<ConversationId, ConversationRow> rows, Clear clear) {
        this.rows = rows;
        this.clear = clear;
    }

    Collection<ConversationRow> conversations() {
        return changed.values();
    }

    /// In the order they happened. Of the reads of one membership only the last counts, so it comes at the end.
    List<MemberChange> members() {
        List<MemberChange> all = new ArrayList<>(members);
        all.addAll(reads.values());
        return all;
    }

    /// Facts of one conversation come in their order. One that its row has seen is a repeat and changes nothing, and so
    /// does one of a conversation that a clear took away, whose writer did not know yet.
    ///
    /// @throws IllegalStateException for a conversation that was never started: facts are missing
    void apply(Recorded<ConversationEvent> recorded) {
        ConversationId id = recorded.fact().conversation();
        ConversationRow row = changed.getOrDefault(id, rows.get(id));
        if (row != null && recorded.position() <= row.lastPosition()) {
            return;
        }
        if (row == null && !(recorded.fact() instanceof ConversationStarted)) {
            if (clear.happened()) {
                return;
            }
            throw new IllegalStateException(
                    "Conversation " + id + " was not started before position " + recorded.position());
        }
        changed.put(id, changed(row, recorded));
    }

    private ConversationRow changed(@Nullable ConversationRow before, Recorded<ConversationEvent> recorded) {
        long position = recorded.position();
        ConversationRow row = before == null
                ? started((ConversationStarted) recorded.fact(), recorded)
                : before.after(position, recorded.seq(), recorded.storedAt());
        return switch (recorded.fact()) {
            case ConversationStarted started -> {
                for (Member member : started.members()) {
                    joined(row, member, position);
                }
                yield row;
            }
            case MemberAdded added -> {
                joined(row, new Member(added.account(), added.role()), position);
                yield row;
            }
            case MemberRemoved removed -> {
                MemberChange.Read read = reads.remove(new Reader(row.id(), removed.account()));
                if (read != null) {
                    members.add(read);
                }
                members.add(new MemberChange.Left(row.id(), removed.account(), position));
                yield row;
            }
            case PlayerSeated seated -> row;
            case MemberRoleChanged changed -> row;
            case ConversationRenamed renamed -> row;
            case TopicChanged topic -> row;
            case HistoryVisibilityChanged history -> row;
            case MessageEdited edited -> row;
            case MessageDeleted deleted -> row;
            case ReactionAdded added -> row;
            case ReactionRemoved removed -> row;
            case MessageSent sent -> {
                ConversationRow after =
                        row.with(message(sent.message(), sent.sender(), sent.body(), recorded.seq(), sent.at()), 1, 0);
                reads.put(
                        new Reader(row.id(), sent.sender()),
                        new MemberChange.Read(row.id(), sent.sender(), after.sent()));
                yield after;
            }
            case MessageImported imported ->
                row.with(
                        message(imported.message(), imported.sender(), imported.body(), recorded.seq(), imported.at()),
                        0,
                        1);
        };
    }

    private void joined(ConversationRow row, Member member, long position) {
        members.add(new MemberChange.Joined(row.id(), member.account(), member.role(), position, row.sent()));
    }

    private static ConversationRow started(ConversationStarted started, Recorded<ConversationEvent> recorded) {
        long position = recorded.position();
        String title = started.title();
        return new ConversationRow(
                started.conversation(),
                started.kind(),
                title == null ? null : Storable.text(title),
                position,
                position,
                recorded.seq(),
                recorded.storedAt(),
                null,
                0,
                0);
    }

    private static LastMessage message(MessageId id, AccountId sender, String body, long seq, Instant at) {
        int end =
                body.codePointCount(0, body.length()) <= EXCERPT ? body.length() : body.offsetByCodePoints(0, EXCERPT);
        return new LastMessage(id, sender, Storable.text(body.substring(0, end)), seq, at);
    }
}
