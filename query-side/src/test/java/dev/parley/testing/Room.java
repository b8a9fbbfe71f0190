package dev.parley.testing;

import dev.parley.messages.AccountId;
import dev.parley.messages.ConversationId;
import dev.parley.messages.Fact;
import dev.parley.messages.MessageId;
import dev.parley.messages.account.AccountEvent.AccountRegistered;
import dev.parley.messages.conversation.ConversationEvent.ConversationStarted;
import dev.parley.messages.conversation.ConversationEvent.MemberAdded;
import dev.parley.messages.conversation.ConversationEvent.MemberRemoved;
import dev.parley.messages.conversation.ConversationEvent.MessageImported;
import dev.parley.messages.conversation.ConversationEvent.MessageSent;
import dev.parley.messages.conversation.ConversationKind;
import dev.parley.messages.conversation.Member;
import dev.parley.messages.conversation.MemberRole;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.UUID;
import org.axonframework.eventhandling.GenericDomainEventMessage;
import org.axonframework.eventsourcing.eventstore.EventStore;

/// A group conversation whose facts go straight to the event store, the owner first.
public final class Room {

    private final EventStore store;
    public final ConversationId id = new ConversationId(UUID.randomUUID());
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
        MessageId message = newMessage();
        store(new MessageSent(id, message, sender, body, now()));
        return message;
    }

    public MessageId say(AccountId sender, MessageId message, String body) {
        store(new MessageSent(id, message, sender, body, now()));
        return message;
    }

    public MessageId takeOver(AccountId sender, String body, long line) {
        MessageId message = newMessage();
        store(new MessageImported(id, message, sender, body, "irc", line, Instant.parse("2004-11-15T01:00:00Z")));
        return message;
    }

    public void add(AccountId account) {
        store(new MemberAdded(id, account, MemberRole.MEMBER, account, now()));
    }

    public void remove(AccountId account) {
        store(new MemberRemoved(id, account, account, now()));
    }

    private void store(Fact fact) {
        store.publish(new GenericDomainEventMessage<>("Conversation", id.toString(), seq++, fact));
    }

    private static MessageId newMessage() {
        return MessageId.at(System.currentTimeMillis(), UUID.randomUUID());
    }

    private static Instant now() {
        return Instant.now().truncatedTo(ChronoUnit.MILLIS);
    }
}
