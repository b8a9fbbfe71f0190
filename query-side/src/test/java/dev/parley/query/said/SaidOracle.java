package dev.parley.query.said;

import dev.parley.messages.AccountId;
import dev.parley.messages.Fact;
import dev.parley.messages.MessageId;
import dev.parley.messages.conversation.Attachment;
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
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Every fact about a message, told the plain way: one more document, for ever. A new fact of
/// conversations does not compile until this says what it does.
final class SaidOracle implements Oracle {

    private final Map<String, Object> documents = new TreeMap<>();

    @Override
    public void apply(Recorded<Fact> recorded) {
        if (recorded.fact() instanceof ConversationEvent event) {
            apply(event, recorded);
        }
    }

    private void apply(ConversationEvent event, Recorded<Fact> recorded) {
        long here = recorded.seq();
        switch (event) {
            case MessageSent sent -> {
                Map<String, Object> document = put("sent", recorded, event, sent.message(), here, sent.sender());
                bears(document, sent.sender(), sent.body(), false, sent.mentions(), sent.attachments());
                if (sent.replyTo() != null) {
                    document.put("replyTo", sent.replyTo().toString());
                }
            }
            case MessageImported old -> {
                Map<String, Object> document = put("imported", recorded, event, old.message(), here, old.sender());
                bears(document, old.sender(), old.body(), true, List.of(), List.of());
            }
            case MessageEdited edited -> {
                Map<String, Object> document =
                        put("edited", recorded, event, edited.message(), edited.messageSeq(), edited.by());
                bears(document, edited.by(), edited.body(), false, edited.mentions(), List.of());
            }
            case MessageDeleted gone -> put("deleted", recorded, event, gone.message(), gone.messageSeq(), gone.by());
            case ReactionAdded on -> put("reacted", recorded, event, on.message(), on.messageSeq(), on.account());
            case ReactionRemoved off ->
                put("unreacted", recorded, event, off.message(), off.messageSeq(), off.account());
            case ConversationStarted started -> {}
            case ConversationRenamed renamed -> {}
            case TopicChanged changed -> {}
            case HistoryVisibilityChanged changed -> {}
            case MemberAdded added -> {}
            case MemberRemoved removed -> {}
            case MemberRoleChanged changed -> {}
            case PlayerSeated seated -> {}
        }
    }

    private Map<String, Object> put(
            String kind, Recorded<Fact> recorded, ConversationEvent event, MessageId message, long seq, AccountId by) {
        String conversation = event.conversation().toString();
        Map<String, Object> document = new TreeMap<>();
        document.put("kind", kind);
        document.put("subject", conversation + ":" + message);
        document.put("by", by.toString());
        document.put("fact", recorded.seq());
        document.put("conversation", conversation);
        document.put("message", message.toString());
        document.put("position", recorded.position());
        document.put("seq", seq);
        document.put("at", event.at().toEpochMilli());
        documents.put(conversation + ":" + recorded.seq(), document);
        return document;
    }

    private static void bears(
            Map<String, Object> document,
            AccountId sender,
            String body,
            boolean imported,
            List<AccountId> mentions,
            List<Attachment> attachments) {
        document.put("sender", sender.toString());
        document.put("imported", imported);
        document.putAll(Saying.fields(body));
        document.putAll(Carrying.fields(attachments));
        List<String> has = new ArrayList<>();
        if (!attachments.isEmpty()) {
            has.add("attachment");
        }
        if (Saying.isLink(body)) {
            has.add("link");
        }
        if (!has.isEmpty()) {
            document.put("has", has);
        }
        if (!mentions.isEmpty()) {
            document.put("mentions", mentions.stream().map(AccountId::toString).toList());
        }
    }

    /// Whole documents by their ids.
    @Override
    public Object state() {
        return Oracle.plain(documents);
    }
}
