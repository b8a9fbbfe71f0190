package dev.parley.query.history;

import dev.parley.messages.ConversationId;
import dev.parley.messages.Fact;
import dev.parley.messages.MessageId;
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
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/// Messages and reactions, told the plain way: one object changed by one fact after the other. A new fact of a
/// conversation does not compile until this says what it does.
final class HistoryOracle {

    private static final String DELETED = "deleted";

    private final Set<ConversationId> started = new HashSet<>();
    private final Map<String, String> messages = new HashMap<>();
    private final Set<String> reactions = new TreeSet<>();
    private final Map<String, Long> seqs = new HashMap<>();

    void apply(Fact fact, long seq) {
        if (fact instanceof ApplicationCleared) {
            started.clear();
            messages.clear();
            reactions.clear();
        }
        if (fact instanceof ConversationStarted begun) {
            started.add(begun.conversation());
        }
        if (fact instanceof ConversationEvent event && started.contains(event.conversation())) {
            apply(event, seq);
        }
    }

    private void apply(ConversationEvent event, long seq) {
        switch (event) {
            case MessageSent sent -> said(event, sent.message(), sent.body(), seq);
            case MessageImported imported -> said(event, imported.message(), imported.body(), seq);
            case MessageEdited edited ->
                messages.computeIfPresent(
                        key(event, edited.message()), (id, body) -> body.equals(DELETED) ? body : edited.body());
            case MessageDeleted deleted ->
                messages.computeIfPresent(key(event, deleted.message()), (id, body) -> DELETED);
            case ReactionAdded added ->
                reactions.add(key(event, added.message()) + " " + added.reaction() + " " + added.account());
            case ReactionRemoved removed ->
                reactions.remove(key(event, removed.message()) + " " + removed.reaction() + " " + removed.account());
            case ConversationStarted begun -> {}
            case ConversationRenamed renamed -> {}
            case TopicChanged changed -> {}
            case HistoryVisibilityChanged changed -> {}
            case MemberAdded added -> {}
            case MemberRemoved removed -> {}
            case MemberRoleChanged changed -> {}
            case PlayerSeated seated -> {}
        }
    }

    private void said(ConversationEvent event, MessageId message, String body, long seq) {
        messages.put(key(event, message), body);
        seqs.put(key(event, message), seq);
    }

    private static String key(ConversationEvent event, MessageId message) {
        return event.conversation() + ":" + message;
    }

    /// One line for each message and reaction.
    Set<String> state() {
        Set<String> state = new TreeSet<>(reactions);
        messages.forEach((id, body) -> state.add(id + " " + seqs.get(id) + " " + body));
        return state;
    }
}
