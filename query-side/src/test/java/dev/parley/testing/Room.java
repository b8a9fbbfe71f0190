package dev.parley.testing;

import dev.parley.messages.AccountId;
import dev.parley.messages.ConversationId;
import dev.parley.messages.MessageId;
import dev.parley.messages.account.AccountEvent.AccountRegistered;
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
import dev.parley.messages.conversation.ConversationEvent.ReactionAdded;
import dev.parley.messages.conversation.ConversationEvent.ReactionRemoved;
import dev.parley.messages.conversation.ConversationEvent.TopicChanged;
import dev.parley.messages.conversation.ConversationKind;
import dev.parley.messages.conversation.HistoryVisibility;
import dev.parley.messages.conversation.Member;
import dev.parley.messages.conversation.MemberRole;
import dev.parley.messages.member.MemberEvent;
import dev.parley.messages.member.MemberEvent.ConversationMuted;
import dev.parley.messages.member.MemberEvent.ConversationUnmuted;
import dev.parley.messages.member.MemberEvent.MessagesDelivered;
import dev.parley.messages.member.MemberEvent.MessagesRead;
import dev.parley.messages.member.MemberId;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.axonframework.eventhandling.GenericDomainEventMessage;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.jspecify.annotations.Nullable;

/// A group conversation whose facts go straight to the event store, the owner first.
public final class Room {

    private final EventStore store;
    public final ConversationId id = new ConversationId(UUID.randomUUID());
    private final Map<MessageId, Long> seqs = new HashMap<>();
    private final Map<AccountId, Long> memberSeqs = new HashMap<>();
    private long seq;

    private Room(EventStore store) {
        this.store = store;
    }

    public static Room of(EventStore store, AccountId... members) {
        Room room = new Room(store);
        room.store(new ConversationStarted(
                room.id,
                ConversationKind.GROUP,
                "Tea",
                members[0],
                Arrays.stream(members)
                        .map(member ->
                                new Member(member, member.equals(members[0]) ? MemberRole.OWNER : MemberRole.MEMBER))
                        .toList(),
                now()));
        return room;
    }

    public static AccountId register(EventStore store, String username) {
        AccountId account = new AccountId(UUID.randomUUID());
        store.publish(new GenericDomainEventMessage<>(
                "Account",
                account.toString(),
                0,
                new AccountRegistered(account, username, username.toUpperCase(java.util.Locale.ROOT), null, now())));
        return account;
    }

    public MessageId say(AccountId sender, String body) {
        return say(sender, newMessage(), body);
    }

    public MessageId say(AccountId sender, MessageId message, String body) {
        return say(new MessageSent(id, message, sender, body, now()));
    }

    public MessageId say(MessageSent sent) {
        seqs.put(sent.message(), seq);
        store(sent);
        return sent.message();
    }

    public MessageId takeOver(AccountId sender, String body, long line) {
        MessageId message = newMessage();
        seqs.put(message, seq);
        store(new MessageImported(id, message, sender, body, "irc", line, Instant.parse("2004-11-15T01:00:00Z")));
        return message;
    }

    public void edit(AccountId by, MessageId message, String body, AccountId... mentions) {
        store(new MessageEdited(id, message, seqOf(message), newMessage(), by, body, List.of(mentions), now()));
    }

    public void delete(AccountId by, MessageId message) {
        store(new MessageDeleted(id, message, seqOf(message), by, by, now()));
    }

    public void react(AccountId account, MessageId message, String reaction) {
        store(new ReactionAdded(id, message, seqOf(message), account, reaction, now()));
    }

    public void takeBack(AccountId account, MessageId message, String reaction) {
        store(new ReactionRemoved(id, message, seqOf(message), account, reaction, now()));
    }

    public void add(AccountId account) {
        store(new MemberAdded(id, account, MemberRole.MEMBER, account, now()));
    }

    public void remove(AccountId account) {
        store(new MemberRemoved(id, account, account, now()));
    }

    public void promote(AccountId account, MemberRole role) {
        store(new MemberRoleChanged(id, account, role, account, now()));
    }

    public void rename(AccountId by, @Nullable String title) {
        store(new ConversationRenamed(id, title, by, now()));
    }

    public void topic(AccountId by, @Nullable String topic) {
        store(new TopicChanged(id, topic, by, now()));
    }

    public void show(AccountId by, HistoryVisibility history) {
        store(new HistoryVisibilityChanged(id, history, by, now()));
    }

    public void deliver(AccountId account, long upTo) {
        store(new MessagesDelivered(id, account, upTo, now()));
    }

    public void read(AccountId account, long upTo, boolean shared) {
        store(new MessagesRead(id, account, upTo, shared, now()));
    }

    public void mute(AccountId account, @Nullable Instant until) {
        store(new ConversationMuted(id, account, until, now()));
    }

    public void unmute(AccountId account) {
        store(new ConversationUnmuted(id, account, now()));
    }

    /// Where a message is.
    public long seqOf(MessageId message) {
        return seqs.get(message);
    }

    private void store(MemberEvent fact) {
        MemberId member = new MemberId(id, fact.account());
        long next = memberSeqs.merge(fact.account(), 1L, Long::sum) - 1;
        store.publish(new GenericDomainEventMessage<>("Member", member.toString(), next, fact));
    }

    private void store(ConversationEvent fact) {
        store.publish(new GenericDomainEventMessage<>("Conversation", id.toString(), seq++, fact));
    }

    public static MessageId newMessage() {
        return MessageId.at(System.currentTimeMillis(), UUID.randomUUID());
    }

    public static Instant now() {
        return Instant.now().truncatedTo(ChronoUnit.MILLIS);
    }
}
