package dev.parley.query.history;

import dev.parley.messages.AccountId;
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
import dev.parley.query.batch.Recorded;
import dev.parley.testing.Carrying;
import dev.parley.testing.Oracle;
import dev.parley.testing.Saying;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Messages and reactions, told the plain way: whole documents, changed by one fact after the other. A
/// new fact of a conversation does not compile until this says what it does.
final class HistoryOracle implements Oracle {

    /// What is left of a message that was deleted.
    private static final Set<String> LEFT =
            Set.of("message", "conversation", "sender", "at", "seq", "position", "imported");

    private final Set<ConversationId> started = new HashSet<>();
    private final Map<String, Map<String, Object>> messages = new TreeMap<>();
    private final Map<String, Set<String>> reactions = new HashMap<>();

    @Override
    public void apply(Recorded<Fact> recorded) {
        if (recorded.fact() instanceof ApplicationCleared) {
            started.clear();
            messages.clear();
            reactions.clear();
        }
        if (recorded.fact() instanceof ConversationStarted begun) {
            started.add(begun.conversation());
        }
        if (recorded.fact() instanceof ConversationEvent event && started.contains(event.conversation())) {
            apply(event, recorded);
        }
    }

    private void apply(ConversationEvent event, Recorded<Fact> recorded) {
        switch (event) {
            case MessageSent sent -> {
                Map<String, Object> document = said(event, recorded, sent.message(), sent.sender(), false);
                word(document, sent.body(), sent.mentions());
                document.putAll(Carrying.fields(sent.attachments()));
                if (sent.replyTo() != null) {
                    document.put("replyTo", sent.replyTo().toString());
                }
            }
            case MessageImported old ->
                word(said(event, recorded, old.message(), old.sender(), true), old.body(), List.of());
            case MessageEdited edited ->
                change(event, edited.message(), recorded, document -> {
                    List.of("body", "text", "parts", "scripts", "mentions").forEach(document::remove);
                    word(document, edited.body(), edited.mentions());
                    document.put("editedAt", edited.at().toEpochMilli());
                    document.put("changed", recorded.position());
                });
            case MessageDeleted deleted ->
                change(event, deleted.message(), recorded, document -> {
                    document.keySet().retainAll(LEFT);
                    document.put("deleted", true);
                });
            case ReactionAdded added -> {
                of(event, added.message()).add(added.reaction() + " " + added.account());
                change(event, added.message(), recorded, document -> {});
            }
            case ReactionRemoved removed -> {
                of(event, removed.message()).remove(removed.reaction() + " " + removed.account());
                change(event, removed.message(), recorded, document -> {});
            }
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

    private Map<String, Object> said(
            ConversationEvent event, Recorded<Fact> recorded, MessageId message, AccountId sender, boolean imported) {
        Map<String, Object> document = new TreeMap<>();
        document.put("message", message.toString());
        document.put("conversation", event.conversation().toString());
        document.put("sender", sender.toString());
        document.put("at", event.at().toEpochMilli());
        document.put("seq", recorded.seq());
        document.put("position", recorded.position());
        document.put("imported", imported);
        messages.put(key(event, message), document);
        return document;
    }

    private static void word(Map<String, Object> document, String body, List<AccountId> mentions) {
        document.putAll(Saying.fields(body));
        document.put("link", Saying.isLink(body));
        if (!mentions.isEmpty()) {
            document.put("mentions", mentions.stream().map(AccountId::toString).toList());
        }
    }

    /// What was deleted changes no more.
    private void change(
            ConversationEvent event, MessageId message, Recorded<Fact> recorded, Consumer<Map<String, Object>> change) {
        Map<String, Object> document = messages.get(key(event, message));
        if (document != null && !document.containsKey("deleted")) {
            change.accept(document);
            document.put("version", recorded.position());
        }
    }

    private Set<String> of(ConversationEvent event, MessageId message) {
        return reactions.computeIfAbsent(key(event, message), key -> new TreeSet<>());
    }

    private static String key(ConversationEvent event, MessageId message) {
        return event.conversation() + ":" + message;
    }

    /// Whole documents by their ids, and reactions.
    @Override
    public Object state() {
        Map<String, Object> documents = new TreeMap<>();
        messages.forEach((id, document) -> {
            Map<String, Object> shown = new TreeMap<>(document);
            shown.remove("link");
            List<String> has = has(document, reactions.get(id));
            if (!has.isEmpty()) {
                shown.put("has", has);
            }
            documents.put(id, shown);
        });
        Set<String> lines = new TreeSet<>();
        reactions.forEach((id, all) -> all.forEach(reaction -> lines.add(id + " " + reaction)));
        return List.of(Oracle.plain(documents), lines);
    }

    private static List<String> has(Map<String, Object> document, @Nullable Set<String> reactions) {
        List<String> has = new ArrayList<>();
        if (document.containsKey("attachments")) {
            has.add("attachment");
        }
        if (Boolean.TRUE.equals(document.get("link"))) {
            has.add("link");
        }
        if (reactions != null && !reactions.isEmpty() && !document.containsKey("deleted")) {
            has.add("reaction");
        }
        return has;
    }
}
