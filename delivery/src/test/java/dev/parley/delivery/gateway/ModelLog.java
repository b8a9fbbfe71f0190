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
import dev.parley.messages.conversation.ConversationEvent.MessageDeleted;
import dev.parley.messages.conversation.ConversationEvent.MessageEdited;
import dev.parley.messages.conversation.ConversationEvent.MessageSent;
import dev.parley.messages.conversation.ConversationKind;
import dev.parley.messages.conversation.Member;
import dev.parley.messages.conversation.MemberRole;
import dev.parley.messages.member.MemberEvent;
import dev.parley.messages.member.MemberEvent.ConversationMuted;
import dev.parley.messages.member.MemberEvent.ConversationUnmuted;
import dev.parley.messages.member.MemberEvent.MessagesDelivered;
import dev.parley.messages.member.MemberEvent.MessagesRead;
import dev.parley.messages.member.MemberId;
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

    /// What all messages say.
    static final String SECRET = "the secret";

    static final Instant AT = Instant.parse("2026-01-02T03:04:05.678Z");

    /// A message of a conversation.
    record Said(ConversationId conversation, long seq, MessageId id, AccountId sender) {}

    final List<TrackedEventMessage<?>> messages = new ArrayList<>();
    final List<AccountId> accounts = new ArrayList<>();
    private final List<Fact> facts = new ArrayList<>();
    private final Map<ConversationId, Set<AccountId>> members = new HashMap<>();
    private final Map<ConversationId, List<Said>> said = new HashMap<>();
    private final Map<ConversationId, Long> next = new HashMap<>();
    /// Where the first fact is that says that a message was deleted.
    private final Map<MessageId, Long> deleted = new HashMap<>();
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
            } else if (kind < 12) {
                store(receipt(conversation, account));
            } else if (kind < 15 && said.containsKey(conversation)) {
                touch(pick(said.get(conversation)));
            } else {
                say(conversation, account);
            }
        }
    }

    private void say(ConversationId conversation, AccountId account) {
        Said message = new Said(conversation, next.get(conversation), MessageId.at(1, uuid()), account);
        said.computeIfAbsent(conversation, none -> new ArrayList<>()).add(message);
        store(new MessageSent(conversation, message.id(), account, SECRET, AT));
    }

    /// Edits or deletes a message. One that left the window of recent ones may be deleted twice.
    private void touch(Said message) {
        if (!deleted.containsKey(message.id()) && random.nextBoolean()) {
            store(new MessageEdited(
                    message.conversation(),
                    message.id(),
                    message.seq(),
                    MessageId.at(1, uuid()),
                    message.sender(),
                    SECRET,
                    List.of(),
                    AT));
        } else {
            deleted.putIfAbsent(message.id(), head() + 1);
            store(new MessageDeleted(
                    message.conversation(), message.id(), message.seq(), message.sender(), message.sender(), AT));
        }
    }

    private Fact receipt(ConversationId conversation, AccountId account) {
        return switch (random.nextInt(5)) {
            case 0 -> new MessagesDelivered(conversation, account, 7, AT);
            case 1 -> new MessagesRead(conversation, account, 7, true, AT);
            case 2 -> new MessagesRead(conversation, account, 7, false, AT);
            case 3 -> new ConversationMuted(conversation, account, null, AT);
            default -> new ConversationUnmuted(conversation, account, AT);
        };
    }

    /// Where the log says first that the message is deleted whose content the fact at a position shows; null if it
    /// shows none, or of one that is not deleted.
    Long deletion(long position) {
        return switch (facts.get((int) position)) {
            case MessageSent sent -> deleted.get(sent.message());
            case MessageEdited edited -> deleted.get(edited.message());
            default -> null;
        };
    }

    /// What a device of the account that has everything up to `from` is owed, up to a position.
    List<Long> visible(AccountId account, long from, long upTo) {
        Set<ConversationId> in = new HashSet<>();
        List<Long> seen = new ArrayList<>();
        for (int position = 0; position <= upTo; position++) {
            if (facts.get(position) instanceof MemberEvent about
                    && position > from
                    && in.contains(about.conversation())
                    && isFor(account, about)) {
                seen.add((long) position);
            }
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

    private static boolean isFor(AccountId account, MemberEvent about) {
        boolean own = account.equals(about.account());
        return switch (about) {
            case MessagesDelivered delivered -> !own;
            case MessagesRead read -> own || read.shared();
            case ConversationMuted muted -> own;
            case ConversationUnmuted unmuted -> own;
        };
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
        String aggregate = uuid().toString();
        long seq = 0;
        if (fact instanceof ConversationEvent event) {
            aggregate = event.conversation().toString();
            seq = next.merge(event.conversation(), 1L, Long::sum) - 1;
        } else if (fact instanceof MemberEvent event) {
            aggregate = new MemberId(event.conversation(), event.account()).toString();
        }
        GlobalSequenceTrackingToken token = new GlobalSequenceTrackingToken(messages.size());
        facts.add(fact);
        messages.add(new GenericTrackedDomainEventMessage<>(
                token, new GenericDomainEventMessage<>("Model", aggregate, seq, fact)));
    }

    private <T> T pick(List<T> list) {
        return list.get(random.nextInt(list.size()));
    }

    private UUID uuid() {
        return new UUID(random.nextLong(), random.nextLong());
    }
}
