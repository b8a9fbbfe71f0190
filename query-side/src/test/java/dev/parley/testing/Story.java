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
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.axonframework.eventhandling.GenericDomainEventMessage;
import org.axonframework.eventhandling.GenericTrackedDomainEventMessage;
import org.axonframework.eventhandling.GlobalSequenceTrackingToken;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.axonframework.messaging.GenericMessage;

/// Random facts of a few conversations. The same seed tells the same story; the namespace gives everything in it other
/// ids, so that two tellings do not meet in the stores.
public final class Story {

    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    private static final int CONVERSATIONS = 3;
    private static final int PEOPLE = 4;

    private final String namespace;
    private final List<TrackedEventMessage<?>> facts = new ArrayList<>();
    private final long[] seqs = new long[CONVERSATIONS];

    private Story(String namespace) {
        this.namespace = namespace;
    }

    public static Story tell(long seed, String namespace, int length) {
        Story story = new Story(namespace);
        Random random = new Random(seed);
        for (int person = 0; person < PEOPLE; person++) {
            AccountId account = story.account(person);
            story.add(account.toString(), 0, new AccountRegistered(account, "p" + person, "P", null, START));
        }
        boolean[][] member = new boolean[CONVERSATIONS][PEOPLE];
        for (int conversation = 0; conversation < CONVERSATIONS; conversation++) {
            member[conversation][0] = true;
            story.add(conversation, story.started(conversation));
        }
        while (story.facts.size() < length) {
            int conversation = random.nextInt(CONVERSATIONS);
            int person = random.nextInt(PEOPLE);
            boolean[] in = member[conversation];
            if (!in[person]) {
                in[person] = true;
                story.add(conversation, story.added(conversation, person));
            } else if (person > 0 && random.nextInt(4) == 0) {
                in[person] = false;
                story.add(conversation, story.removed(conversation, person));
            } else if (random.nextInt(5) == 0) {
                story.add(conversation, story.imported(conversation, person));
            } else {
                story.add(conversation, story.sent(conversation, person));
            }
        }
        return story;
    }

    public List<TrackedEventMessage<?>> facts() {
        return facts;
    }

    public ConversationId conversation(int number) {
        return new ConversationId(uuid("conversation" + number));
    }

    public List<ConversationId> conversations() {
        return List.of(conversation(0), conversation(1), conversation(2));
    }

    public AccountId account(int number) {
        return new AccountId(uuid("account" + number));
    }

    /// A text in which the ids of this telling are replaced by what they stand for.
    public String named(String text) {
        String named = text;
        for (int i = 0; i < CONVERSATIONS; i++) {
            named = named.replace(conversation(i).toString(), "conversation" + i);
        }
        for (int i = 0; i < PEOPLE; i++) {
            named = named.replace(account(i).toString(), "account" + i);
        }
        for (int i = 0; i < facts.size(); i++) {
            named = named.replace(message(i).toString(), "message" + i);
        }
        return named;
    }

    private void add(int conversation, Fact fact) {
        add(conversation(conversation).toString(), seqs[conversation]++, fact);
    }

    private void add(String stream, long seq, Fact fact) {
        Instant stored = START.plusSeconds(facts.size());
        facts.add(new GenericTrackedDomainEventMessage<>(
                new GlobalSequenceTrackingToken(facts.size()),
                new GenericDomainEventMessage<>("type", stream, seq, new GenericMessage<>(fact), () -> stored)));
    }

    private ConversationStarted started(int conversation) {
        return new ConversationStarted(
                conversation(conversation),
                ConversationKind.GROUP,
                "T",
                account(0),
                List.of(new Member(account(0), MemberRole.OWNER)),
                START);
    }

    private MemberAdded added(int conversation, int person) {
        return new MemberAdded(conversation(conversation), account(person), MemberRole.MEMBER, account(0), START);
    }

    private MemberRemoved removed(int conversation, int person) {
        return new MemberRemoved(conversation(conversation), account(person), account(person), START);
    }

    private MessageSent sent(int conversation, int person) {
        MessageId id = message(facts.size());
        return new MessageSent(conversation(conversation), id, account(person), "Söid " + facts.size(), START);
    }

    private MessageImported imported(int conversation, int person) {
        MessageId id = message(facts.size());
        return new MessageImported(
                conversation(conversation), id, account(person), "old " + facts.size(), "irc", facts.size(), START);
    }

    private MessageId message(int position) {
        return MessageId.at(START.toEpochMilli(), uuid("message" + position));
    }

    private UUID uuid(String name) {
        return UUID.nameUUIDFromBytes((namespace + name).getBytes(StandardCharsets.UTF_8));
    }
}
