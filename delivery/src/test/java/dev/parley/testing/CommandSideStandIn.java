package dev.parley.testing;

import dev.parley.messages.AccountId;
import dev.parley.messages.ConversationId;
import dev.parley.messages.GameId;
import dev.parley.messages.MessageId;
import dev.parley.messages.Rejection;
import dev.parley.messages.RejectionCode;
import dev.parley.messages.SessionId;
import dev.parley.messages.application.ApplicationEvent.ApplicationCleared;
import dev.parley.messages.conversation.Accepted;
import dev.parley.messages.conversation.ConversationCommand.AddReaction;
import dev.parley.messages.conversation.ConversationCommand.DeleteMessage;
import dev.parley.messages.conversation.ConversationCommand.EditMessage;
import dev.parley.messages.conversation.ConversationCommand.RemoveReaction;
import dev.parley.messages.conversation.ConversationCommand.SendMessage;
import dev.parley.messages.conversation.ConversationEvent;
import dev.parley.messages.conversation.ConversationEvent.ConversationStarted;
import dev.parley.messages.conversation.ConversationEvent.MemberAdded;
import dev.parley.messages.conversation.ConversationEvent.MemberRemoved;
import dev.parley.messages.conversation.ConversationEvent.MessageDeleted;
import dev.parley.messages.conversation.ConversationEvent.MessageEdited;
import dev.parley.messages.conversation.ConversationEvent.MessageSent;
import dev.parley.messages.conversation.ConversationEvent.PlayerSeated;
import dev.parley.messages.conversation.ConversationEvent.ReactionAdded;
import dev.parley.messages.conversation.ConversationEvent.ReactionRemoved;
import dev.parley.messages.conversation.ConversationKind;
import dev.parley.messages.conversation.Member;
import dev.parley.messages.conversation.MemberRole;
import dev.parley.messages.game.Seat;
import dev.parley.messages.query.FindSession;
import dev.parley.messages.query.FoundSession;
import dev.parley.messages.query.Session;
import dev.parley.messages.session.SessionEnd;
import dev.parley.messages.session.SessionEvent.SessionClosed;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.axonframework.commandhandling.CommandExecutionException;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.eventhandling.GenericDomainEventMessage;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.axonframework.queryhandling.QueryHandler;

/// Stores facts and answers commands as the command side would, without aggregates.
public class CommandSideStandIn {

    public static final Instant AT = Instant.parse("2026-01-02T03:04:05.000Z");

    private final EventStore store;
    private final Map<String, Session> tokens = new ConcurrentHashMap<>();
    private final Map<ConversationId, Long> next = new HashMap<>();
    private final Map<ConversationId, Set<AccountId>> members = new HashMap<>();
    private final Map<MessageId, Long> places = new HashMap<>();
    /// How many sends are refused as a lost race before one is taken.
    public final AtomicInteger conflicts = new AtomicInteger();
    /// Messages taken.
    public final AtomicInteger taken = new AtomicInteger();
    /// The longest that an answer to [FindSession] may be on its way.
    public volatile Duration way = Duration.ZERO;
    /// Whether nobody can tell sessions now.
    public volatile boolean sessionsUnknown;

    public CommandSideStandIn(EventStore store) {
        this.store = store;
    }

    /// The token is the name.
    public AccountId account(String name) {
        return tokens.computeIfAbsent(hash(name), none -> session(new AccountId(UUID.randomUUID())))
                .account();
    }

    /// Another session of an account.
    public void login(AccountId account, String token) {
        tokens.put(hash(token), session(account));
    }

    /// The token is dead before its end is a fact.
    public void logout(String token) {
        Session ended = forget(token);
        store.publish(new GenericDomainEventMessage<>(
                "Session",
                ended.id().toString(),
                1,
                new SessionClosed(ended.id(), ended.account(), SessionEnd.LOGGED_OUT, ended.account(), AT)));
    }

    /// The token is dead, and no fact says so.
    public Session forget(String token) {
        return tokens.remove(hash(token));
    }

    public synchronized void clear(long era) {
        tokens.clear();
        store.publish(new GenericDomainEventMessage<>(
                "Application", "application", era - 1, new ApplicationCleared(era, new GameId(1), AT)));
    }

    private static Session session(AccountId account) {
        return new Session(new SessionId(UUID.randomUUID()), account, "someone", Set.of());
    }

    /// A game's conversation, with a first player who sat down at the white side.
    public synchronized ConversationId play(GameId game, AccountId white) {
        ConversationId conversation = new ConversationId(UUID.randomUUID());
        members.put(conversation, new HashSet<>(Set.of(white)));
        store(new ConversationStarted(
                conversation,
                ConversationKind.GAME,
                "Chess",
                white,
                List.of(new Member(white, MemberRole.MEMBER)),
                AT));
        store(new PlayerSeated(conversation, game, Seat.WHITE, white, white, null, AT));
        return conversation;
    }

    /// The other player joins and sits down.
    public synchronized void join(ConversationId conversation, GameId game, AccountId white, AccountId black) {
        add(conversation, black);
        store(new PlayerSeated(conversation, game, Seat.BLACK, black, white, black, AT));
    }

    public synchronized ConversationId start(AccountId... first) {
        ConversationId conversation = new ConversationId(UUID.randomUUID());
        List<Member> list =
                Arrays.stream(first).map(a -> new Member(a, MemberRole.MEMBER)).toList();
        members.put(conversation, new HashSet<>(Arrays.asList(first)));
        store(new ConversationStarted(conversation, ConversationKind.GROUP, "Tea", first[0], list, AT));
        return conversation;
    }

    public synchronized void add(ConversationId conversation, AccountId account) {
        members.get(conversation).add(account);
        store(new MemberAdded(conversation, account, MemberRole.MEMBER, account, AT));
    }

    public synchronized void remove(ConversationId conversation, AccountId account) {
        members.get(conversation).remove(account);
        store(new MemberRemoved(conversation, account, account, AT));
    }

    public synchronized long say(ConversationId conversation, AccountId sender, String body) {
        return store(new MessageSent(conversation, MessageId.at(1, UUID.randomUUID()), sender, body, AT));
    }

    @CommandHandler
    synchronized Accepted on(SendMessage command) {
        if (conflicts.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
            throw new CommandExecutionException("OUT_OF_RANGE: [AXONIQ-2000] Invalid sequence number", null);
        }
        if (!members.getOrDefault(command.conversation(), Set.of()).contains(command.sender())) {
            throw new CommandExecutionException(
                    "refused", null, new Rejection(RejectionCode.NOT_A_MEMBER, "You are no member"));
        }
        taken.incrementAndGet();
        long seq = store(new MessageSent(
                command.conversation(),
                command.message(),
                command.sender(),
                command.body(),
                command.replyTo(),
                command.mentions(),
                command.attachments(),
                command.at()));
        places.put(command.message(), seq);
        return new Accepted(command.message(), command.conversation(), seq, command.at());
    }

    @CommandHandler
    synchronized Accepted on(EditMessage command) {
        long seq = store(new MessageEdited(
                command.conversation(),
                command.message(),
                place(command.message()),
                command.edit(),
                command.by(),
                command.body(),
                command.mentions(),
                command.at()));
        return new Accepted(command.edit(), command.conversation(), seq, command.at());
    }

    @CommandHandler
    synchronized Accepted on(DeleteMessage command) {
        long seq = store(new MessageDeleted(
                command.conversation(),
                command.message(),
                place(command.message()),
                command.by(),
                command.by(),
                command.at()));
        return new Accepted(command.message(), command.conversation(), seq, command.at());
    }

    @CommandHandler
    synchronized Accepted on(AddReaction command) {
        long seq = store(new ReactionAdded(
                command.conversation(),
                command.message(),
                place(command.message()),
                command.account(),
                command.reaction(),
                command.at()));
        return new Accepted(command.message(), command.conversation(), seq, command.at());
    }

    @CommandHandler
    synchronized Accepted on(RemoveReaction command) {
        long seq = store(new ReactionRemoved(
                command.conversation(),
                command.message(),
                place(command.message()),
                command.account(),
                command.reaction(),
                command.at()));
        return new Accepted(command.message(), command.conversation(), seq, command.at());
    }

    private long place(MessageId message) {
        if (conflicts.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
            throw new CommandExecutionException("OUT_OF_RANGE: [AXONIQ-2000] Invalid sequence number", null);
        }
        Long seq = places.get(message);
        if (seq == null) {
            throw new CommandExecutionException(
                    "refused", null, new Rejection(RejectionCode.NOT_FOUND, "There is no such message", "message"));
        }
        return seq;
    }

    @QueryHandler
    FoundSession on(FindSession query) {
        if (sessionsUnknown) {
            throw new IllegalStateException("The database is away");
        }
        FoundSession found = new FoundSession(tokens.get(query.tokenHash()));
        long nanos = way.toNanos();
        if (nanos > 0) {
            LockSupport.parkNanos(ThreadLocalRandom.current().nextLong(nanos));
        }
        return found;
    }

    private long store(ConversationEvent fact) {
        long seq = next.merge(fact.conversation(), 1L, Long::sum) - 1;
        store.publish(new GenericDomainEventMessage<>(
                "Conversation", fact.conversation().toString(), seq, fact));
        return seq;
    }

    private static String hash(String token) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }
}
