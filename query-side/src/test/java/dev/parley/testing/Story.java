package dev.parley.testing;

import dev.parley.messages.AccountId;
import dev.parley.messages.ConversationId;
import dev.parley.messages.Fact;
import dev.parley.messages.GameId;
import dev.parley.messages.MessageId;
import dev.parley.messages.account.AccountEvent.AccountRegistered;
import dev.parley.messages.application.ApplicationEvent.ApplicationCleared;
import dev.parley.messages.archive.SavedSearchId;
import dev.parley.messages.conversation.ConversationEvent.ConversationStarted;
import dev.parley.messages.conversation.ConversationEvent.MemberAdded;
import dev.parley.messages.conversation.ConversationEvent.MemberRemoved;
import dev.parley.messages.conversation.ConversationEvent.PlayerSeated;
import dev.parley.messages.conversation.ConversationKind;
import dev.parley.messages.conversation.Member;
import dev.parley.messages.conversation.MemberRole;
import dev.parley.messages.game.GameEvent.GameCreated;
import dev.parley.messages.game.GameEvent.SeatTaken;
import dev.parley.messages.game.Seat;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import org.axonframework.eventhandling.GenericDomainEventMessage;
import org.axonframework.eventhandling.GenericTrackedDomainEventMessage;
import org.axonframework.eventhandling.GlobalSequenceTrackingToken;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.axonframework.messaging.GenericMessage;

/// Random facts of every type: of a few conversations, their members, games and what people do besides,
/// with a clear of the application amid them, after which some still write about the time before. The
/// same seed tells the same story; the namespace gives everything but the numbers of games other ids, so
/// that two tellings do not meet in the stores.
public final class Story {

    static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    /// Of each age, the one before the clear and the one after.
    private static final int CONVERSATIONS = 3;
    private static final int PEOPLE = 4;
    private static final int AGES = 2;
    /// Of an archive, without a password; it plays all the same, as no aggregate would let it.
    private static final int NICK = 3;

    private final String namespace;
    private final List<TrackedEventMessage<?>> facts = new ArrayList<>();
    private final Map<String, Long> streams = new HashMap<>();
    private final long[] seqs = new long[AGES * CONVERSATIONS];
    private final boolean[][] member = new boolean[AGES * CONVERSATIONS][AGES * PEOPLE];
    private final Set<String> seats = new HashSet<>();
    private final Happenings happenings = new Happenings(this);
    private final Doings doings = new Doings(this);
    private int games;

    private Story(String namespace) {
        this.namespace = namespace;
    }

    public static Story tell(long seed, String namespace, int length) {
        Story story = new Story(namespace);
        Random random = new Random(seed);
        int clear = length / 3 + random.nextInt(length / 3);
        story.begin(0);
        while (story.facts.size() < clear) {
            story.goOn(random, 1);
        }
        // The next two games to be created are of before: their numbers were given out.
        story.add("application", new ApplicationCleared(1, new GameId(story.games + 3), START));
        story.begin(1);
        for (int game = 0; game < 3; game++) {
            story.create(random.nextInt(AGES * PEOPLE));
        }
        while (story.facts.size() < length) {
            story.goOn(random, AGES);
        }
        return story;
    }

    private void begin(int age) {
        for (int person = age * PEOPLE; person < (age + 1) * PEOPLE; person++) {
            AccountId account = account(person);
            String archive = person % PEOPLE == NICK ? "irc" : null;
            add(account.toString(), new AccountRegistered(account, "p" + person, "P\u0000", archive, START));
        }
        for (int number = age * CONVERSATIONS; number < (age + 1) * CONVERSATIONS; number++) {
            member[number][0] = true;
            add(number, started(number));
        }
    }

    private void goOn(Random random, int ages) {
        int conversation = random.nextInt(ages * CONVERSATIONS);
        int person = random.nextInt(ages * PEOPLE);
        boolean[] in = member[conversation];
        if (random.nextInt(6) == 0) {
            play(random, person);
        } else if (random.nextInt(8) == 0) {
            doings.tell(random, person);
        } else if (!in[person]) {
            in[person] = true;
            add(conversation, added(conversation, person));
        } else if (person > 0 && random.nextInt(4) == 0) {
            in[person] = false;
            add(conversation, removed(conversation, person));
        } else if (random.nextInt(5) == 0) {
            happenings.takeOver(random, conversation, person);
        } else if (random.nextInt(8) == 0) {
            add(conversation, seated(conversation, person));
        } else if (random.nextBoolean()) {
            happenings.tell(random, conversation, person);
        } else {
            happenings.say(random, conversation, person);
        }
    }

    private void play(Random random, int person) {
        GameId game = new GameId(1 + random.nextInt(games + 1));
        Seat seat = random.nextBoolean() ? Seat.WHITE : Seat.BLACK;
        if (game.value() > games) {
            create(person);
        } else if (seats.add(game + " " + seat)) {
            add(game.toString(), new SeatTaken(game, seat, account(person), START));
        }
    }

    private void create(int person) {
        games++;
        GameId game = new GameId(games);
        add(game.toString(), new GameCreated(game, "G" + games, conversation(2), account(person), START));
    }

    public List<TrackedEventMessage<?>> facts() {
        return facts;
    }

    public ConversationId conversation(int number) {
        return new ConversationId(uuid("conversation" + number));
    }

    public List<ConversationId> conversations() {
        return IntStream.range(0, AGES * CONVERSATIONS)
                .mapToObj(this::conversation)
                .toList();
    }

    public AccountId account(int number) {
        return new AccountId(uuid("account" + number));
    }

    /// A text in which the ids of this telling are replaced by what they stand for.
    public String named(String text) {
        String named = text;
        for (int i = 0; i < AGES * CONVERSATIONS; i++) {
            named = named.replace(conversation(i).toString(), "conversation" + i);
        }
        for (int i = 0; i < AGES * PEOPLE; i++) {
            named = named.replace(account(i).toString(), "account" + i);
        }
        for (int i = 0; i < facts.size(); i++) {
            named = named.replace(message(i).toString(), "message" + i)
                    .replace(search(i).toString(), "search" + i);
        }
        return named;
    }

    public List<AccountId> accounts() {
        return IntStream.range(0, people()).mapToObj(this::account).toList();
    }

    int people() {
        return AGES * PEOPLE;
    }

    SavedSearchId search(int position) {
        return new SavedSearchId(uuid("search" + position));
    }

    long newest(int conversation) {
        return seqs[conversation] - 1;
    }

    void add(int conversation, Fact fact) {
        add(conversation(conversation).toString(), seqs[conversation]++, fact);
    }

    void add(String stream, Fact fact) {
        add(stream, streams.merge(stream, 1L, Long::sum) - 1, fact);
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
                conversation == 2 ? ConversationKind.GAME : ConversationKind.GROUP,
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

    private PlayerSeated seated(int conversation, int person) {
        AccountId account = account(person);
        return new PlayerSeated(conversation(conversation), new GameId(1), Seat.WHITE, account, account, null, START);
    }

    MessageId message(int position) {
        return MessageId.at(START.toEpochMilli(), uuid("message" + position));
    }

    UUID uuid(String name) {
        return UUID.nameUUIDFromBytes((namespace + name).getBytes(StandardCharsets.UTF_8));
    }
}
