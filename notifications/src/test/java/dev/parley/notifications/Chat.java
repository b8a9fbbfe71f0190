package dev.parley.notifications;

import dev.parley.messages.AccountId;
import dev.parley.messages.ConversationId;
import dev.parley.messages.GameId;
import dev.parley.messages.MessageId;
import dev.parley.messages.SessionId;
import dev.parley.messages.account.AccountEvent.AccountRegistered;
import dev.parley.messages.application.ApplicationEvent.ApplicationCleared;
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
import dev.parley.messages.conversation.ConversationKind;
import dev.parley.messages.conversation.HistoryVisibility;
import dev.parley.messages.conversation.Member;
import dev.parley.messages.conversation.MemberRole;
import dev.parley.messages.game.GameEvent.GameCreated;
import dev.parley.messages.game.GameEvent.SeatTaken;
import dev.parley.messages.game.Seat;
import dev.parley.messages.member.MemberEvent;
import dev.parley.messages.member.MemberEvent.ConversationMuted;
import dev.parley.messages.member.MemberEvent.ConversationUnmuted;
import dev.parley.messages.member.MemberEvent.MessagesDelivered;
import dev.parley.messages.member.MemberEvent.MessagesRead;
import dev.parley.messages.member.MemberId;
import dev.parley.messages.session.SessionEnd;
import dev.parley.messages.session.SessionEvent.SessionClosed;
import dev.parley.messages.session.SessionEvent.SessionOpened;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Publishes what people do, as the command side would.
public record Chat(RunningRole role) {

    public AccountId account(String name) {
        AccountId account = new AccountId(UUID.randomUUID());
        role.publish(account.toString(), new AccountRegistered(account, name + account, name, null, Instant.now()));
        return account;
    }

    public ConversationId group(String title, AccountId... members) {
        ConversationId conversation = new ConversationId(UUID.randomUUID());
        role.publish(
                conversation.toString(),
                new ConversationStarted(
                        conversation,
                        ConversationKind.GROUP,
                        title,
                        members[0],
                        Arrays.stream(members)
                                .map(account -> new Member(account, MemberRole.MEMBER))
                                .collect(Collectors.toList()),
                        Instant.now()));
        return conversation;
    }

    void add(ConversationId conversation, AccountId account, AccountId by) {
        role.publish(
                conversation.toString(), new MemberAdded(conversation, account, MemberRole.MEMBER, by, Instant.now()));
    }

    void remove(ConversationId conversation, AccountId account) {
        role.publish(conversation.toString(), new MemberRemoved(conversation, account, account, Instant.now()));
    }

    void rename(ConversationId conversation, AccountId by, @Nullable String title) {
        role.publish(conversation.toString(), new ConversationRenamed(conversation, title, by, Instant.now()));
    }

    /// A fact of each kind that is no message.
    void change(ConversationId conversation, AccountId by, AccountId member) {
        MessageId message = newId();
        Instant now = Instant.now();
        Stream.of(
                        new TopicChanged(conversation, "leaves", by, now),
                        new HistoryVisibilityChanged(conversation, HistoryVisibility.ALL, by, now),
                        new MemberRoleChanged(conversation, member, MemberRole.ADMIN, by, now),
                        new MessageEdited(conversation, message, 1, newId(), by, "edited", List.of(member), now),
                        new ReactionAdded(conversation, message, 1, by, "+1", now),
                        new ReactionRemoved(conversation, message, 1, by, "+1", now),
                        new MessageDeleted(conversation, message, 1, by, by, now))
                .forEach(fact -> role.publish(conversation.toString(), fact));
        Stream.of(
                        new MessagesDelivered(conversation, by, 1, now),
                        new MessagesRead(conversation, by, 1, true, now),
                        new ConversationMuted(conversation, by, null, now),
                        new ConversationUnmuted(conversation, by, now))
                .forEach(fact -> role.publish(new MemberId(conversation, by).toString(), fact));
    }

    /// @param seq what the event bears in its stream
    public record Message(MessageId id, long seq, long position) {}

    public Message say(ConversationId conversation, AccountId sender, String body) {
        return sayAt(conversation, sender, body, Instant.now());
    }

    Message sayAt(ConversationId conversation, AccountId sender, String body, Instant at) {
        MessageId id = newId();
        return say(new MessageSent(conversation, id, sender, body, at));
    }

    /// Calls somebody by name.
    Message mention(ConversationId conversation, AccountId sender, AccountId mentioned, String body) {
        return say(new MessageSent(
                conversation, newId(), sender, body, null, List.of(mentioned), List.of(), Instant.now()));
    }

    private Message say(MessageSent sent) {
        long position = role.publish(sent.conversation().toString(), sent);
        return new Message(sent.message(), RunningRole.lastSequence(), position);
    }

    void edit(ConversationId conversation, AccountId by, Message message, String body) {
        role.publish(
                conversation.toString(),
                new MessageEdited(
                        conversation, message.id(), message.seq(), newId(), by, body, List.of(), Instant.now()));
    }

    /// @return the fact's position
    long delete(ConversationId conversation, AccountId by, Message message) {
        return role.publish(
                conversation.toString(),
                new MessageDeleted(conversation, message.id(), message.seq(), by, by, Instant.now()));
    }

    /// @return the fact's position
    long read(ConversationId conversation, AccountId account, Message upTo) {
        return member(new MessagesRead(conversation, account, upTo.seq(), true, Instant.now()));
    }

    void mute(ConversationId conversation, AccountId account, @Nullable Instant until) {
        member(new ConversationMuted(conversation, account, until, Instant.now()));
    }

    void unmute(ConversationId conversation, AccountId account) {
        member(new ConversationUnmuted(conversation, account, Instant.now()));
    }

    private long member(MemberEvent fact) {
        return role.publish(new MemberId(fact.conversation(), fact.account()).toString(), fact);
    }

    void archived(ConversationId conversation, AccountId sender, String body) {
        role.publish(
                conversation.toString(),
                new MessageImported(conversation, newId(), sender, body, "archive", 1, Instant.now()));
    }

    /// @return the fact's position
    long clear(long era) {
        return role.publish("application", new ApplicationCleared(era, new GameId(1), Instant.now()));
    }

    /// What happens at the door and in the lobby.
    ///
    /// @return the last fact's position
    long play(ConversationId conversation, AccountId account) {
        SessionId session = new SessionId(UUID.randomUUID());
        GameId game = new GameId(1);
        role.publish(session.toString(), new SessionOpened(session, account, Instant.now()));
        role.publish(game.toString(), new GameCreated(game, "Chess", conversation, account, Instant.now()));
        role.publish(game.toString(), new SeatTaken(game, Seat.WHITE, account, Instant.now()));
        role.publish(
                conversation.toString(),
                new PlayerSeated(conversation, game, Seat.WHITE, account, account, null, Instant.now()));
        return role.publish(
                session.toString(), new SessionClosed(session, account, SessionEnd.LOGGED_OUT, account, Instant.now()));
    }

    private static MessageId newId() {
        return MessageId.at(System.currentTimeMillis(), UUID.randomUUID());
    }
}
