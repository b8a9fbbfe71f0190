package dev.parley.query.audit;

import dev.parley.messages.AccountId;
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
import dev.parley.messages.conversation.ConversationEvent.ReactionAdded;
import dev.parley.messages.conversation.ConversationEvent.ReactionRemoved;
import dev.parley.messages.conversation.ConversationEvent.TopicChanged;
import dev.parley.messages.member.MemberEvent.ConversationMuted;
import dev.parley.messages.member.MemberEvent.ConversationUnmuted;
import dev.parley.messages.member.MemberEvent.MessagesDelivered;
import dev.parley.messages.member.MemberEvent.MessagesRead;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Works out a conversation of old the long way: for every question it goes through all facts. It shares no code with
/// what it checks. Its answer is lines of text.
final class PlainFold {

    /// @param seq in its stream
    record At(long position, long seq, Object fact) {}

    private final List<At> facts;

    PlainFold(List<At> facts) {
        this.facts = facts;
    }

    List<String> state(long position) {
        List<String> lines = new ArrayList<>();
        String title = null;
        String topic = null;
        String history = "since-joining";
        long seq = -1;
        Map<String, String> members = new TreeMap<>();
        for (At at : upTo(position)) {
            switch (at.fact()) {
                case ConversationStarted it -> {
                    title = it.title();
                    it.members().forEach(one -> members.put(one.account().toString(), one.role() + " " + at.seq()));
                }
                case ConversationRenamed it -> title = it.title();
                case TopicChanged it -> topic = it.topic();
                case HistoryVisibilityChanged it ->
                    history = it.visibility()
                            .name()
                            .toLowerCase(java.util.Locale.ROOT)
                            .replace('_', '-');
                case MemberAdded it -> members.put(it.account().toString(), it.role() + " " + at.seq());
                case MemberRemoved it -> members.remove(it.account().toString());
                case MemberRoleChanged it -> {
                    String before = members.get(it.account().toString());
                    if (before != null) {
                        members.put(it.account().toString(), it.role() + before.substring(before.indexOf(' ')));
                    }
                }
                default -> {}
            }
            if (!(at.fact() instanceof dev.parley.messages.member.MemberEvent)) {
                seq = at.seq();
            }
        }
        lines.add(title + " " + topic + " " + history + " " + seq);
        members.forEach((account, role) ->
                lines.add((account + " " + role + " " + marks(account, position)).toLowerCase(java.util.Locale.ROOT)));
        for (At at : upTo(position)) {
            if (at.fact() instanceof MessageSent sent) {
                lines.add(message(at.seq(), sent.sender(), sent.body(), sent.mentions(), position));
            } else if (at.fact() instanceof MessageImported taken) {
                lines.add(message(at.seq(), taken.sender(), taken.body(), List.of(), position));
            }
        }
        return lines;
    }

    private List<At> upTo(long position) {
        return facts.stream().filter(at -> at.position() <= position).toList();
    }

    private String marks(String account, long position) {
        long delivered = -1;
        long read = -1;
        String muted = "null null";
        for (At at : upTo(position)) {
            if (at.fact() instanceof MessagesDelivered it
                    && it.account().toString().equals(account)) {
                delivered = Math.max(delivered, it.seq());
            } else if (at.fact() instanceof MessagesRead it
                    && it.account().toString().equals(account)) {
                read = Math.max(read, it.seq());
            } else if (at.fact() instanceof ConversationMuted it
                    && it.account().toString().equals(account)) {
                muted = "true " + it.until();
            } else if (at.fact() instanceof ConversationUnmuted it
                    && it.account().toString().equals(account)) {
                muted = "null null";
            }
        }
        return (delivered < 0 ? "null" : delivered) + " " + (read < 0 ? "null" : read) + " " + muted;
    }

    private String message(long seq, AccountId sender, String said, List<AccountId> called, long position) {
        String body = said;
        List<AccountId> mentions = called;
        String deleted = "null";
        int edits = 0;
        List<String> reactions = new ArrayList<>();
        for (At at : upTo(position)) {
            if (at.fact() instanceof MessageEdited it && it.messageSeq() == seq && deleted.equals("null")) {
                body = it.body();
                mentions = it.mentions();
                edits++;
            } else if (at.fact() instanceof MessageDeleted it && it.messageSeq() == seq && deleted.equals("null")) {
                deleted = it.by() + " " + it.at();
            } else if (at.fact() instanceof ReactionAdded it && it.messageSeq() == seq) {
                String one = it.reaction() + " " + it.account();
                if (!reactions.contains(one)) {
                    reactions.add(one);
                }
            } else if (at.fact() instanceof ReactionRemoved it && it.messageSeq() == seq) {
                reactions.remove(it.reaction() + " " + it.account());
            }
        }
        reactions.sort(null);
        return seq + " " + sender + " " + body + " " + mentions + " " + edits + " " + deleted + " " + reactions;
    }
}
