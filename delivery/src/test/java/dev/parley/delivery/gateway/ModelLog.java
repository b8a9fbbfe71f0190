package dev.parley.delivery.gateway;

import dev.parley.messages.AccountId;
import dev.parley.messages.ConversationId;
import dev.parley.messages.Fact;
import dev.parley.messages.MessageId;
import dev.parley.messages.account.AccountEvent.AccountRegistered;
import dev.parley.messages.conversation.ConversationEvent;
import dev.parley.messages.conversation.ConversationEvent.ConversationStarted;
import dev.parley.messages.conversation.ConversationEvent.MemberAdded;
import dev.parley.messages.conversation.ConversationEvent.MemberRemoved;
import dev.parley.messages.conversation.ConversationEvent.MessageSent;
import dev.parley.messages.conversation.ConversationKind;
import dev.parley.messages.conversation.Member;
import dev.parley.messages.conversation.MemberRole;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import org.axonframework.eventhandling.GenericDomainEventMessage;
import org.axonframework.eventhandling.GenericTrackedDomainEventMessage;
import org.axonframework.eventhandling.GlobalSequenceTrackingToken;
import org.axonframework.eventhandling.TrackedEventMessage;

/// A random log of conversations, and the oracle: who sees what, as a fold over the whole list.
final class ModelLog {

    static final Instant AT = Instant.parse("2026-01-02T03:04:05.678Z");

    final List<TrackedEventMessage<?>> messages = new ArrayList<>();
    final List<AccountId> accounts = new ArrayList<>();
    private final List<Fact> facts = new ArrayList<>();
    private final Map<ConversationId, Set<AccountId>> members = new HashMap<>();
    private final Random random;

    ModelLog(Random random, int accountCount) {
        this.random = random;
        for (int i = 0; i < accountCount; i++) {
            accounts.add(new AccountId(uuid()));
        }
    }

    long head() {
        return messages.size() - 1L;
    }

    /// Appends one random fact that the domain would allow.
    void append() {
        int kind = members.isEmpty() ? 0 : random.nextInt(20);
        if (kind == 0 && members.size() < 6) {
            start();
        } else if (kind == 1) {
            store(new AccountRegistered(new AccountId(uuid()), "x", "x", null, AT));
        } else if (members.isEmpty()) {
            start();
        } else {
            ConversationId conversation = pick(List.copyOf(members.keySet()));
            AccountId account = pick(accounts);
            Set<AccountId> there = members.get(conversation);
            if (kind < 5 && there.add(account)) {
                store(new MemberAdded(conversation, account, MemberRole.MEMBER, account, AT));
            } else if (kind < 9 && there.remove(account)) {
                store(new MemberRemoved(conversation, account, account, AT));
            } else {
                store(new MessageSent(conversation, MessageId.at(1, uuid()), account, "m" + messages.size(), AT));
            }
        }
    }

    /// What a device of the account that has everything up to `from` is owed, up to a position.
    List<Long> visible(AccountId account, long from, long upTo) {
        Set<ConversationId> in = new HashSet<>();
        List<Long> seen = new ArrayList<>();
        for (int position = 0; position <= upTo; position++) {
            if (!(facts.get(position) instanceof ConversationEvent fact)) {
                continue;
            }
            if (fact instanceof ConversationStarted started
                    && started.members().stream().anyMatch(m -> m.account().equals(account))) {
                in.add(fact.conversation());
            }
            if (fact instanceof MemberAdded added && added.account().equals(account)) {
                in.add(fact.conversation());
            }
            if (position > from && in.contains(fact.conversation())) {
                seen.add((long) position);
            }
            if (fact instanceof MemberRemoved removed && removed.account().equals(account)) {
                in.remove(fact.conversation());
            }
        }
        return seen;
    }

    Fact fact(long position) {
        return facts.get((int) position);
    }

    private void start() {
        ConversationId conversation = new ConversationId(uuid());
        Set<AccountId> first = new HashSet<>();
        accounts.stream().filter(account -> random.nextInt(3) == 0).forEach(first::add);
        members.put(conversation, first);
        List<Member> list =
                first.stream().map(a -> new Member(a, MemberRole.MEMBER)).toList();
        store(new ConversationStarted(conversation, ConversationKind.GROUP, "t", accounts.getFirst(), list, AT));
    }

    private void store(Fact fact) {
        String aggregate =
                fact instanceof ConversationEvent event ? event.conversation().toString() : uuid().toString();
        GlobalSequenceTrackingToken token = new GlobalSequenceTrackingToken(messages.size());
        facts.add(fact);
        messages.add(new GenericTrackedDomainEventMessage<>(
                token, new GenericDomainEventMessage<>("Model", aggregate, messages.size(), fact)));
    }

    private <T> T pick(List<T> list) {
        return list.get(random.nextInt(list.size()));
    }

    private UUID uuid() {
        return new UUID(random.nextLong(), random.nextLong());
    }
}
