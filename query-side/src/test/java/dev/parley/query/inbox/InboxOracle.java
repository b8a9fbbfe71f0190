package dev.parley.query.inbox;

import dev.parley.messages.AccountId;
import dev.parley.messages.ConversationId;
import dev.parley.messages.Fact;
import dev.parley.messages.MessageId;
import dev.parley.messages.account.AccountEvent;
import dev.parley.messages.account.AccountEvent.AccountRegistered;
import dev.parley.messages.account.AccountEvent.RoleGranted;
import dev.parley.messages.account.AccountEvent.RoleWithdrawn;
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
import dev.parley.messages.conversation.HistoryVisibility;
import dev.parley.messages.conversation.MemberRole;
import dev.parley.messages.member.MemberEvent;
import dev.parley.messages.member.MemberEvent.ConversationMuted;
import dev.parley.messages.member.MemberEvent.ConversationUnmuted;
import dev.parley.messages.member.MemberEvent.MessagesDelivered;
import dev.parley.messages.member.MemberEvent.MessagesRead;
import dev.parley.testing.OracleContract;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// What inboxes show of conversations, told the plain way: one object changed by one fact after the other. A new fact
/// does not compile until this says what it does.
final class InboxOracle implements OracleContract.Fold {

    private final Map<ConversationId, Conversation> conversations = new HashMap<>();
    /// By member; it outlives conversations only where the application was not cleared.
    private final Map<String, Muted> mutes = new HashMap<>();

    private final Set<String> accounts = new TreeSet<>();

    private record Muted(boolean on, long delivered) {}

    private static final class Conversation {
        private @Nullable String title;
        private @Nullable String topic;
        private HistoryVisibility history = HistoryVisibility.SINCE_JOINING;
        private long newest;
        private long sent;
        private long imported;
        private @Nullable MessageId last;
        private @Nullable String excerpt;
        private final Map<AccountId, MemberRole> members = new HashMap<>();
    }

    @Override
    public void apply(Fact fact, long position, long seq) {
        switch (fact) {
            case ApplicationCleared cleared -> {
                conversations.clear();
                mutes.clear();
                accounts.clear();
            }
            case ConversationStarted started -> conversations.put(started.conversation(), new Conversation());
            case AccountEvent event -> apply(event);
            default -> {}
        }
        if (fact instanceof ConversationEvent event && conversations.containsKey(event.conversation())) {
            Conversation conversation = conversations.get(event.conversation());
            conversation.newest = seq;
            apply(conversation, event);
        }
        if (fact instanceof MemberEvent event && conversations.containsKey(event.conversation())) {
            apply(conversations.get(event.conversation()), event);
        }
    }

    private void apply(AccountEvent event) {
        switch (event) {
            case AccountRegistered it ->
                accounts.add(
                        "account " + it.account() + " " + it.username() + " " + it.displayName() + " " + it.archive());
            case RoleGranted granted -> {}
            case RoleWithdrawn withdrawn -> {}
        }
    }

    private static void apply(Conversation of, ConversationEvent event) {
        switch (event) {
            case ConversationStarted started -> {
                of.title = started.title();
                started.members().forEach(member -> of.members.put(member.account(), member.role()));
            }
            case ConversationRenamed renamed -> of.title = renamed.title();
            case TopicChanged changed -> of.topic = changed.topic();
            case HistoryVisibilityChanged changed -> of.history = changed.visibility();
            case MemberAdded added -> of.members.put(added.account(), added.role());
            case MemberRemoved removed -> of.members.remove(removed.account());
            case MemberRoleChanged changed ->
                of.members.computeIfPresent(changed.account(), (account, before) -> changed.role());
            case MessageSent sent -> {
                of.sent++;
                of.last = sent.message();
                of.excerpt = sent.body();
            }
            case MessageImported imported -> {
                of.imported++;
                of.last = imported.message();
                of.excerpt = imported.body();
            }
            case MessageEdited edited -> {
                if (edited.message().equals(of.last) && of.excerpt != null) {
                    of.excerpt = edited.body();
                }
            }
            case MessageDeleted deleted -> {
                if (deleted.message().equals(of.last)) {
                    of.excerpt = null;
                }
            }
            case PlayerSeated seated -> {}
            case ReactionAdded added -> {}
            case ReactionRemoved removed -> {}
        }
    }

    private void apply(Conversation of, MemberEvent event) {
        String member = event.conversation() + " " + event.account();
        Muted before = mutes.getOrDefault(member, new Muted(false, -1));
        mutes.put(
                member,
                switch (event) {
                    case MessagesDelivered delivered ->
                        new Muted(before.on(), Math.max(before.delivered(), Math.min(delivered.seq(), of.newest)));
                    case MessagesRead read -> before;
                    case ConversationMuted muted -> new Muted(true, before.delivered());
                    case ConversationUnmuted unmuted -> new Muted(false, before.delivered());
                });
    }

    /// One line for each account, conversation, member and mute.
    @Override
    public Set<String> state() {
        Set<String> state = new TreeSet<>(accounts);
        conversations.forEach((id, of) -> {
            state.add(conversation(
                    id, of.title, of.topic, of.history, of.newest, of.sent, of.imported, of.last, of.excerpt));
            of.members.forEach((account, role) -> state.add(id + " has " + account + " as " + role));
        });
        mutes.forEach((member, mute) -> {
            if (mute.on()) {
                state.add(member + " muted");
            }
            if (mute.delivered() >= 0) {
                state.add(member + " delivered " + mute.delivered());
            }
        });
        return state;
    }

    static String conversation(Object... columns) {
        StringBuilder line = new StringBuilder();
        for (Object column : columns) {
            line.append(Objects.toString(column)).append(" | ");
        }
        return line.toString();
    }
}
