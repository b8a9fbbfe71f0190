package dev.parley.query.inbox;

import dev.parley.messages.AccountId;
import dev.parley.messages.ConversationId;
import dev.parley.messages.Fact;
import dev.parley.messages.account.AccountEvent.AccountRegistered;
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
import dev.parley.messages.conversation.ConversationKind;
import dev.parley.messages.conversation.HistoryVisibility;
import dev.parley.messages.member.MemberEvent;
import dev.parley.query.batch.Recorded;
import dev.parley.testing.Oracle;
import dev.parley.testing.Saying;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// What inboxes show of conversations, told the plain way: one object changed by one fact after the
/// other. A new fact does not compile until this says what it does.
final class InboxOracle implements Oracle {

    private final Map<ConversationId, Conversation> conversations = new HashMap<>();
    private final Set<String> accounts = new TreeSet<>();
    private final Map<AccountId, Integer> cleanBadges = new HashMap<>();

    private static final class Conversation {
        private final ConversationKind kind;
        private final long started;
        private final MembersOracle members;
        private @Nullable String title;
        private @Nullable String topic;
        private HistoryVisibility history = HistoryVisibility.SINCE_JOINING;
        private long position;
        private long newest;
        private Instant active = Instant.EPOCH;
        private long sent;
        private long imported;
        private boolean running;
        private @Nullable Last last;

        Conversation(ConversationStarted start, long position) {
            this.kind = start.kind();
            this.title = start.title();
            this.started = position;
            this.members = new MembersOracle(start.conversation().toString());
        }
    }

    /// @param excerpt null once it was deleted
    private record Last(
            Object message,
            Object sender,
            @Nullable String excerpt,
            int attachments,
            long position,
            long seq,
            long at) {}

    @Override
    public void apply(Recorded<Fact> recorded) {
        switch (recorded.fact()) {
            case ApplicationCleared cleared -> {
                conversations.clear();
                accounts.clear();
                cleanBadges.clear();
            }
            case AccountRegistered account -> {
                cleanBadges.put(account.account(), 0);
                accounts.add(line(
                        "account",
                        account.account(),
                        account.username(),
                        Saying.stored(account.displayName()),
                        account.archive(),
                        recorded.position()));
            }
            case ConversationStarted start ->
                conversations.put(start.conversation(), new Conversation(start, recorded.position()));
            default -> {}
        }
        if (recorded.fact() instanceof ConversationEvent event && conversations.containsKey(event.conversation())) {
            Conversation of = conversations.get(event.conversation());
            of.position = recorded.position();
            of.newest = recorded.seq();
            of.active = recorded.storedAt();
            of.running = event instanceof MessageSent;
            apply(of, event);
            of.members.apply(event, recorded.position(), recorded.seq());
        }
        if (recorded.fact() instanceof MemberEvent event && conversations.containsKey(event.conversation())) {
            conversations.get(event.conversation()).members.apply(event);
        }
    }

    private static void apply(Conversation of, ConversationEvent event) {
        switch (event) {
            case ConversationRenamed renamed -> of.title = renamed.title();
            case TopicChanged changed -> of.topic = changed.topic();
            case HistoryVisibilityChanged changed -> of.history = changed.visibility();
            case MessageSent sent -> {
                of.sent++;
                of.last = last(
                        of,
                        sent.message(),
                        sent.sender(),
                        sent.body(),
                        sent.attachments().size(),
                        sent.at());
            }
            case MessageImported old -> {
                of.imported++;
                of.last = last(of, old.message(), old.sender(), old.body(), 0, old.at());
            }
            case MessageEdited edited -> {
                Last last = of.last;
                if (last != null && edited.message().equals(last.message()) && last.excerpt() != null) {
                    of.last = worded(last, Saying.stored(edited.body()), last.attachments());
                }
            }
            case MessageDeleted deleted -> {
                Last last = of.last;
                if (last != null && deleted.message().equals(last.message())) {
                    of.last = worded(last, null, 0);
                }
            }
            // Those that are about members are told by their own oracle; the others move the activity alone.
            case ConversationStarted started -> {}
            case MemberAdded added -> {}
            case MemberRemoved removed -> {}
            case MemberRoleChanged changed -> {}
            case PlayerSeated seated -> {}
            case ReactionAdded added -> {}
            case ReactionRemoved removed -> {}
        }
    }

    private static Last last(Conversation of, Object message, Object sender, String body, int attachments, Instant at) {
        return new Last(message, sender, Saying.stored(body), attachments, of.position, of.newest, at.getEpochSecond());
    }

    private static Last worded(Last last, @Nullable String excerpt, int attachments) {
        return new Last(last.message(), last.sender(), excerpt, attachments, last.position(), last.seq(), last.at());
    }

    /// In how many conversations each account that there is has something unread.
    Map<AccountId, Integer> badges() {
        Map<AccountId, Integer> badges = new HashMap<>(cleanBadges);
        conversations
                .values()
                .forEach(of -> of.members
                        .badges()
                        .forEach(account -> badges.computeIfPresent(account, (unused, count) -> count + 1)));
        return badges;
    }

    /// One line for each account, conversation, and whatever is told of its members.
    @Override
    public Set<String> state() {
        Set<String> state = new TreeSet<>(accounts);
        conversations.forEach((id, of) -> {
            Last last = of.last == null ? new Last("null", "null", null, -1, -1, -1, -1) : of.last;
            state.add(line(
                    "conversation",
                    id,
                    of.kind,
                    of.title,
                    of.topic,
                    of.history,
                    of.started,
                    of.position,
                    of.newest,
                    of.active.getEpochSecond(),
                    of.sent,
                    of.imported,
                    of.running,
                    last.message(),
                    last.sender(),
                    last.excerpt(),
                    last.attachments(),
                    last.position(),
                    last.seq(),
                    last.at()));
            state.addAll(of.members.state());
        });
        return state;
    }

    /// A row as a line.
    static String line(String what, @Nullable Object... columns) {
        StringBuilder line = new StringBuilder(what);
        for (Object column : columns) {
            line.append(" | ").append(Objects.toString(column));
        }
        return line.toString();
    }
}
