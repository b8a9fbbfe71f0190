package dev.parley.testing;

import dev.parley.messages.AccountId;
import dev.parley.messages.ConversationId;
import dev.parley.messages.Rejection;
import dev.parley.messages.RejectionCode;
import dev.parley.messages.SessionId;
import dev.parley.messages.conversation.Accepted;
import dev.parley.messages.conversation.ConversationCommand.SendMessage;
import dev.parley.messages.conversation.ConversationEvent;
import dev.parley.messages.conversation.ConversationEvent.ConversationStarted;
import dev.parley.messages.conversation.ConversationEvent.MemberAdded;
import dev.parley.messages.conversation.ConversationEvent.MemberRemoved;
import dev.parley.messages.conversation.ConversationEvent.MessageSent;
import dev.parley.messages.conversation.ConversationKind;
import dev.parley.messages.conversation.Member;
import dev.parley.messages.conversation.MemberRole;
import dev.parley.messages.query.FindSession;
import dev.parley.messages.query.FoundSession;
import dev.parley.messages.query.Session;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
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
import java.util.concurrent.atomic.AtomicInteger;
import org.axonframework.commandhandling.CommandExecutionException;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.eventhandling.GenericDomainEventMessage;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.axonframework.queryhandling.QueryHandler;

/// Stores facts and answers commands as the command side would, without aggregates.
public class CommandSideStandIn {

    public static final Instant AT = Instant.parse("2026-01-02T03:04:05.000Z");

    private final EventStore store;
    private final Map<String, AccountId> tokens = new ConcurrentHashMap<>();
    private final Map<ConversationId, Long> next = new HashMap<>();
    private final Map<ConversationId, Set<AccountId>> members = new HashMap<>();
    /// How many sends are refused as a lost race before one is taken.
    public final AtomicInteger conflicts = new AtomicInteger();

    public CommandSideStandIn(EventStore store) {
        this.store = store;
    }

    /// The token is the name.
    public AccountId account(String name) {
        return tokens.computeIfAbsent(hash(name), none -> new AccountId(UUID.randomUUID()));
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
        return store(new MessageSent(
                conversation, dev.parley.messages.MessageId.at(1, UUID.randomUUID()), sender, body, AT));
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
        long seq = store(new MessageSent(
                command.conversation(), command.message(), command.sender(), command.body(), command.at()));
        return new Accepted(command.message(), command.conversation(), seq, command.at());
    }

    @QueryHandler
    FoundSession on(FindSession query) {
        AccountId account = tokens.get(query.tokenHash());
        return new FoundSession(
                account == null ? null : new Session(new SessionId(UUID.randomUUID()), account, "someone", Set.of()));
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
