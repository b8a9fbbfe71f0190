package dev.parley.query.audit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.messages.AccountId;
import dev.parley.messages.ConversationId;
import dev.parley.messages.MessageId;
import dev.parley.messages.conversation.HistoryVisibility;
import dev.parley.messages.conversation.MemberRole;
import dev.parley.testing.Room;
import dev.parley.testing.Running;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.axonframework.common.stream.BlockingStream;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.axonframework.eventhandling.TrackingToken;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class AsOfIT extends Running {

    private static final String CONVERSATION = "/api/v1/audit/conversations/{id}";
    private static final int FACTS = 320;

    private final AccountId auditor = new AccountId(UUID.randomUUID());
    private final AccountId alice = new AccountId(UUID.randomUUID());
    private final AccountId bob = new AccountId(UUID.randomUUID());

    @Test
    void isAPlainFoldOfItsFactsAtEveryPosition() throws InterruptedException {
        long seed = Long.getLong("seed", System.nanoTime());
        Random random = new Random(seed);
        TrackingToken before = store.createHeadToken();
        Room room = Room.of(store, alice);
        Room beside = Room.of(store, bob);
        tell(random, room, beside);
        List<TrackedEventMessage<?>> all = new ArrayList<>();
        List<PlainFold.At> facts = facts(room.id, before, all);
        assertThat(facts).as("seed %d", seed).hasSizeGreaterThan(300);
        PlainFold plain = new PlainFold(facts);

        for (PlainFold.At at : facts) {
            Answer answer = ask(auditor, CONVERSATION + "?limit=200&position={p}", room.id, at.position());
            assertThat(answer.status()).as("%s", answer.json()).isEqualTo(200);
            assertThat(state(answer.json()))
                    .as("seed %d, position %d", seed, at.position())
                    .isEqualTo(plain.state(at.position()));
        }
        for (int i = 0; i < 20; i++) {
            Instant instant = all.get(random.nextInt(all.size())).getTimestamp();
            long position = lastUpTo(all, instant);
            Answer then = ask(auditor, CONVERSATION + "?limit=200&at={t}", room.id, instant);
            assertThat(state(then.json())).as("seed %d, at %s", seed, instant).isEqualTo(plain.state(position));
            assertThat(then.at("/position").asLong()).isEqualTo(position);
        }
        pagesAreParts(room.id, facts.get(facts.size() / 2).position());
    }

    private void pagesAreParts(ConversationId id, long position) {
        JsonNode whole = ask(auditor, CONVERSATION + "?limit=200&position={p}", id, position)
                .json();
        List<JsonNode> messages = new ArrayList<>();
        List<JsonNode> members = new ArrayList<>();
        String next = "";
        while (next != null) {
            JsonNode page = ask(auditor, CONVERSATION + "?limit=7&position={p}" + next, id, position)
                    .json();
            assertThat(page.at("/messageCount")).isEqualTo(whole.at("/messageCount"));
            page.at("/messages").forEach(messages::add);
            next = page.at("/next").isMissingNode()
                    ? null
                    : "&after=" + page.at("/next").asLong();
        }
        next = "";
        while (next != null) {
            JsonNode page = ask(auditor, CONVERSATION + "?limit=2&position={p}" + next, id, position)
                    .json();
            page.at("/members").forEach(members::add);
            next = page.at("/nextMember").isMissingNode()
                    ? null
                    : "&memberAfter=" + page.at("/nextMember").asString();
        }
        assertThat(messages).isEqualTo(list(whole.at("/messages")));
        assertThat(members).isEqualTo(list(whole.at("/members")));
    }

    /// The position before the first fact that was stored later than a time.
    private static long lastUpTo(List<TrackedEventMessage<?>> all, Instant instant) {
        return all.stream()
                        .filter(fact -> fact.getTimestamp().isAfter(instant))
                        .mapToLong(EventLog::position)
                        .findFirst()
                        .orElse(EventLog.position(all.getLast()) + 1)
                - 1;
    }

    private void tell(Random random, Room room, Room beside) {
        List<AccountId> people = new ArrayList<>(List.of(alice, bob));
        Stream.generate(() -> new AccountId(UUID.randomUUID())).limit(4).forEach(people::add);
        Set<AccountId> members = new HashSet<>(Set.of(alice));
        List<MessageId> said = new ArrayList<>();
        for (int i = 1; i < FACTS; i++) {
            AccountId one = people.get(random.nextInt(people.size()));
            MessageId message = said.isEmpty() ? null : said.get(random.nextInt(said.size()));
            switch (random.nextInt(message == null ? 7 : 14)) {
                case 0 -> {
                    if (members.add(one)) {
                        room.add(one);
                    } else if (!one.equals(alice)) {
                        members.remove(one);
                        room.remove(one);
                    }
                }
                case 1 -> room.promote(one, MemberRole.values()[random.nextInt(MemberRole.values().length)]);
                case 2 -> room.rename(one, random.nextBoolean() ? "title " + i : null);
                case 3 -> room.topic(one, random.nextBoolean() ? "topic " + i : null);
                case 4 -> room.show(one, HistoryVisibility.values()[random.nextInt(2)]);
                case 5, 6, 7 -> said.add(room.say(one, "said " + i));
                case 8 -> room.edit(one, message, "edited " + i, random.nextBoolean() ? bob : alice);
                case 9 -> {
                    if (random.nextInt(3) == 0) {
                        room.delete(one, message);
                    } else {
                        said.add(room.takeOver(one, "taken over " + i, i));
                    }
                }
                case 10 -> room.react(one, message, random.nextBoolean() ? "+1" : "-1");
                case 11 -> room.takeBack(one, message, random.nextBoolean() ? "+1" : "-1");
                case 12 -> marks(random, room, one, i);
                default -> beside.say(one, "beside");
            }
            if (random.nextInt(4) == 0) {
                marks(random, room, one, i);
            }
        }
    }

    private static void marks(Random random, Room room, AccountId one, int i) {
        switch (random.nextInt(4)) {
            case 0 -> room.deliver(one, random.nextInt(i + 3));
            case 1 -> room.read(one, random.nextInt(i + 1), random.nextBoolean());
            case 2 -> room.mute(one, random.nextBoolean() ? Room.now().plusSeconds(60) : null);
            default -> room.unmute(one);
        }
    }

    private List<PlainFold.At> facts(ConversationId id, TrackingToken before, List<TrackedEventMessage<?>> all)
            throws InterruptedException {
        long head = store.createHeadToken().position().orElseThrow();
        List<PlainFold.At> facts = new ArrayList<>();
        try (BlockingStream<TrackedEventMessage<?>> log = store.openStream(before)) {
            long position = -1;
            while (position < head) {
                TrackedEventMessage<?> fact = log.nextAvailable();
                position = fact.trackingToken().position().orElseThrow();
                all.add(fact);
                if (fact instanceof DomainEventMessage<?> domain
                        && domain.getAggregateIdentifier().startsWith(id.toString())) {
                    facts.add(new PlainFold.At(position, domain.getSequenceNumber(), domain.getPayload()));
                }
            }
        }
        return Collections.unmodifiableList(facts);
    }

    private static List<String> state(JsonNode now) {
        List<String> lines = new ArrayList<>();
        lines.add(text(now, "title") + " " + text(now, "topic") + " " + text(now, "history") + " " + text(now, "seq"));
        now.at("/members")
                .forEach(member ->
                        lines.add(Stream.of("account", "role", "since", "delivered", "read", "muted", "mutedUntil")
                                .map(field -> text(member, field))
                                .reduce((one, two) -> one + " " + two)
                                .orElseThrow()
                                .toLowerCase(Locale.ROOT)));
        now.at("/messages").forEach(message -> lines.add(message(message)));
        return lines;
    }

    private static String message(JsonNode message) {
        List<String> reactions = new ArrayList<>();
        message.at("/reactions")
                .forEach(kind -> kind.at("/accounts")
                        .forEach(account -> reactions.add(text(kind, "reaction") + " " + account.asString())));
        Collections.sort(reactions);
        String deleted = message.at("/deleted").isMissingNode()
                ? "null"
                : text(message.at("/deleted"), "by") + " " + text(message.at("/deleted"), "at");
        List<String> mentions =
                list(message.at("/mentions")).stream().map(JsonNode::asString).toList();
        return text(message, "seq") + " " + text(message, "sender") + " " + text(message, "body") + " " + mentions + " "
                + text(message, "edits") + " " + deleted + " " + reactions;
    }

    private static String text(JsonNode node, String field) {
        JsonNode value = node.at("/" + field);
        return value.isMissingNode() ? "null" : value.asString();
    }

    private static List<JsonNode> list(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false).toList();
    }

    @Test
    void whatWasDeletedIsThereForAuditors() {
        Room room = Room.of(store, alice);
        MessageId message = room.say(alice, "the secret");
        room.delete(alice, message);
        Answer now = ask(auditor, CONVERSATION, room.id);
        assertThat(now.at("/messages/0/body").asString()).isEqualTo("the secret");
        assertThat(now.at("/messages/0/deleted/by").asString()).isEqualTo(alice.toString());
    }

    @Test
    void whatWasNotThereYetIsNotFound() {
        long before = store.createHeadToken() == null
                ? 0
                : store.createHeadToken().position().orElse(0);
        Room room = Room.of(store, alice);
        assertThat(ask(auditor, CONVERSATION, UUID.randomUUID()).status()).isEqualTo(404);
        assertThat(ask(auditor, CONVERSATION + "?position={p}", room.id, before).status())
                .isEqualTo(404);
        assertThat(ask(auditor, CONVERSATION + "?at=1999-01-01T00:00:00Z", room.id)
                        .status())
                .isEqualTo(404);
    }

    @Test
    void badParametersAreNamed() {
        UUID id = UUID.randomUUID();
        assertThat(ask(auditor, CONVERSATION + "?at=now", id).at("/field").asString())
                .isEqualTo("at");
        assertThat(ask(auditor, CONVERSATION + "?at=2026-01-01T00:00:00Z&position=1", id)
                        .at("/field")
                        .asString())
                .isEqualTo("position");
        assertThat(ask(auditor, CONVERSATION + "?memberAfter=x", id)
                        .at("/field")
                        .asString())
                .isEqualTo("memberAfter");
    }
}
