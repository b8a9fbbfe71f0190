package dev.parley.query.inbox;

import dev.parley.messages.application.ApplicationEvent.ApplicationCleared;
import dev.parley.messages.conversation.ConversationEvent;
import dev.parley.messages.conversation.ConversationEvent.ConversationStarted;
import dev.parley.messages.conversation.ConversationEvent.MemberAdded;
import dev.parley.messages.conversation.ConversationEvent.MemberRemoved;
import dev.parley.messages.conversation.ConversationEvent.MessageSent;
import dev.parley.messages.member.MemberEvent.MessagesRead;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.TrackedEventMessage;

/// Counts unread messages the plain way: all of a member's, one after the other.
final class UnreadOracle {

    private final Map<String, List<Long>> sent = new HashMap<>();
    private final Map<String, Long> newest = new HashMap<>();
    private final Map<String, Long> read = new HashMap<>();

    private UnreadOracle() {}

    /// @return by conversation and account, as `<conversation>.<account>`
    static Map<String, Long> of(List<TrackedEventMessage<?>> facts) {
        UnreadOracle oracle = new UnreadOracle();
        facts.forEach(fact -> oracle.on(fact.getPayload(), ((DomainEventMessage<?>) fact).getSequenceNumber()));
        Map<String, Long> unread = new HashMap<>();
        oracle.read.forEach((member, upTo) -> unread.put(
                member,
                oracle.sent.get(member.substring(0, member.indexOf('.'))).stream()
                        .filter(seq -> seq > upTo)
                        .count()));
        return unread;
    }

    private void on(Object fact, long seq) {
        if (fact instanceof ApplicationCleared) {
            newest.clear();
            read.clear();
        } else if (fact instanceof MessagesRead mark) {
            String member = mark.conversation() + "." + mark.account();
            read.computeIfPresent(
                    member,
                    (key, before) -> Math.max(
                            before,
                            Math.min(mark.seq(), newest.get(mark.conversation().toString()))));
        } else if (fact instanceof ConversationEvent event) {
            conversation(event, seq);
        }
    }

    private void conversation(ConversationEvent event, long seq) {
        String id = event.conversation().toString();
        if (event instanceof ConversationStarted started) {
            sent.put(id, new ArrayList<>());
            newest.put(id, seq);
            started.members().forEach(member -> read.put(id + "." + member.account(), seq));
        }
        if (!newest.containsKey(id)) {
            return;
        }
        newest.put(id, seq);
        if (event instanceof MemberAdded added) {
            read.put(id + "." + added.account(), seq);
        } else if (event instanceof MemberRemoved removed) {
            read.remove(id + "." + removed.account());
        } else if (event instanceof MessageSent message) {
            sent.get(id).add(seq);
            read.put(id + "." + message.sender(), seq);
        }
    }
}
