package dev.parley.query.said;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.messages.AccountId;
import dev.parley.messages.MessageId;
import dev.parley.query.QuerySideConfiguration;
import dev.parley.testing.Lobby;
import dev.parley.testing.Processing;
import dev.parley.testing.Room;
import dev.parley.testing.Running;
import dev.parley.testing.Story;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.stream.StreamSupport;
import org.axonframework.common.transaction.TransactionManager;
import org.axonframework.config.EventProcessingConfiguration;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.data.domain.PageRequest;
import org.springframework.data.elasticsearch.client.elc.NativeQuery;
import org.springframework.data.elasticsearch.core.ElasticsearchOperations;
import tools.jackson.databind.JsonNode;

class SaidIT extends Running {

    private static final String SEARCH = "/api/v1/audit/search?conversation={c}&q={q}";
    private static final String LIFE = "/api/v1/audit/messages/{c}/{m}";

    private final AccountId auditor = new AccountId(UUID.randomUUID());
    private final AccountId alice = new AccountId(UUID.randomUUID());
    private final AccountId bob = new AccountId(UUID.randomUUID());

    @Autowired
    private SaidProjection projection;

    @Autowired
    private TransactionManager transactions;

    @Autowired
    private ElasticsearchOperations elasticsearch;

    @Autowired
    private EventProcessingConfiguration processing;

    @Test
    void everyVersionIsFoundWithWhatBecameOfIt() {
        Room room = Room.of(store, alice);
        MessageId stays = room.say(alice, "the Grüße stay");
        MessageId changes = room.say(alice, "first grüße");
        room.edit(alice, changes, "second grusse");
        room.edit(alice, changes, "third, without that word");
        MessageId goes = room.say(bob, "grüsse to be deleted");
        room.react(alice, goes, "+1");
        room.delete(alice, goes);

        Answer found = ask(auditor, SEARCH, room.id, "GRÜSSE");
        assertThat(texts(found, "body"))
                .containsExactly("grüsse to be deleted", "second grusse", "first grüße", "the Grüße stay");
        assertThat(texts(found, "status")).containsExactly("deleted", "superseded", "superseded", "current");
        assertThat(texts(found, "kind")).containsExactly("sent", "edited", "sent", "sent");
        assertThat(found.at("/hits/0/deletedBy").asString()).isEqualTo(alice.toString());
        assertThat(found.at("/hits/0/by").asString()).isEqualTo(bob.toString());
        assertThat(found.at("/hits/1/seq").asLong()).isEqualTo(room.seqOf(changes));
        assertThat(found.at("/hits/3/message").asString()).isEqualTo(stays.toString());
        assertThat(found.at("/total").asInt()).isEqualTo(4);
        assertThat(texts(ask(auditor, SEARCH, room.id, "without"), "status")).containsExactly("current");
    }

    @Test
    void operatorsKnowAllConversationsAndPeople() {
        String title = "zebra" + UUID.randomUUID().toString().substring(0, 8);
        AccountId carol = Room.register(store, title + "-carol");
        Room room = Room.of(store, carol);
        room.rename(carol, title + " crossing");
        room.say(carol, "among strangers");
        MessageId first = room.say(alice, "among others");
        room.edit(alice, first, "among friends");
        String all = "/api/v1/audit/search?q={q}&tz={tz}";

        awaitProjections();
        assertThat(texts(ask(auditor, all, "among in:" + title, "UTC"), "body"))
                .containsExactly("among friends", "among others", "among strangers");
        assertThat(texts(ask(auditor, all, "from:" + title + "-carol in:" + title, "UTC"), "body"))
                .containsExactly("among strangers");
        assertThat(texts(ask(auditor, all, "among -on:2001 in:" + room.id, "Europe/Berlin"), "body"))
                .hasSize(3);
        assertThat(ask(auditor, all, "among", "Europe/Nowhere").at("/field").asString())
                .isEqualTo("tz");
    }

    @Test
    void pagesGoOnWhileMoreIsSaid() {
        Room room = Room.of(store, alice);
        List<String> said = new ArrayList<>();
        for (int i = 0; i < 7; i++) {
            room.say(alice, "page " + i);
            said.addFirst("page " + i);
        }
        List<String> found = new ArrayList<>();
        String cursor = "";
        while (cursor != null) {
            Answer page = ask(auditor, SEARCH + "&limit=3" + cursor, room.id, "page");
            found.addAll(texts(page, "body"));
            room.say(alice, "page of later");
            cursor = page.at("/next").isMissingNode()
                    ? null
                    : "&cursor=" + page.at("/next").asString();
        }
        assertThat(found).isEqualTo(said);
    }

    @Test
    void aClearedApplicationForgetsNothing() {
        Room room = Room.of(store, alice);
        room.say(alice, "before the clear");
        new Lobby(store).clear();
        assertThat(texts(ask(auditor, SEARCH, room.id, "clear"), "body")).containsExactly("before the clear");
    }

    @Test
    void theLifeOfAMessageIsEveryFactAboutIt() {
        Room room = Room.of(store, alice);
        room.say(alice, "another");
        MessageId message = room.say(alice, "as it was");
        room.edit(alice, message, "as it became");
        room.react(bob, message, "+1");
        room.edit(alice, message, "as it ended");
        room.takeBack(bob, message, "+1");
        room.delete(bob, message);

        JsonNode facts = ask(auditor, LIFE, room.id, message).at("/facts");
        assertThat(list(facts, "type"))
                .containsExactly(
                        "MessageSent",
                        "MessageEdited",
                        "ReactionAdded",
                        "MessageEdited",
                        "ReactionRemoved",
                        "MessageDeleted");
        assertThat(facts.at("/0/payload/body").asString()).isEqualTo("as it was");
        assertThat(facts.at("/1/was").asString()).isEqualTo("as it was");
        assertThat(facts.at("/1/payload/body").asString()).isEqualTo("as it became");
        assertThat(facts.at("/3/was").asString()).isEqualTo("as it became");
        assertThat(facts.at("/2/was").isMissingNode()).isTrue();
        assertThat(facts.at("/5/payload/by").asString()).isEqualTo(bob.toString());
        JsonNode events = ask(auditor, "/api/v1/audit/events?conversation={c}&limit=100", room.id)
                .at("/events");
        assertThat(list(facts, "position")).isEqualTo(list(events, "position").subList(2, 8));

        JsonNode page = ask(auditor, LIFE + "?limit=2", room.id, message).json();
        JsonNode rest = ask(
                        auditor,
                        LIFE + "?limit=9&after={n}",
                        room.id,
                        message,
                        page.at("/next").asLong())
                .json();
        assertThat(list(rest.at("/facts"), "type").size()).isEqualTo(4);
        assertThat(rest.at("/facts/1/was").asString()).isEqualTo("as it became");
        assertThat(rest.at("/next").isMissingNode()).isTrue();
    }

    @Test
    void theFirstFactOfAnImportedMessageIsItsImport() {
        Room room = Room.of(store, alice);
        MessageId message = room.takeOver(alice, "said long ago", 7);
        assertThat(ask(auditor, LIFE, room.id, message)
                        .at("/facts/0/payload/line")
                        .asInt())
                .isEqualTo(7);
    }

    @Test
    void unknownMessagesAndBadParametersAreNamed() {
        UUID conversation = UUID.randomUUID();
        assertThat(ask(auditor, LIFE, conversation, Room.newMessage()).status()).isEqualTo(404);
        assertThat(ask(auditor, LIFE, conversation, "x").at("/field").asString())
                .isEqualTo("message");
        assertThat(ask(auditor, SEARCH + "&cursor=x", conversation, "word")
                        .at("/field")
                        .asString())
                .isEqualTo("cursor");
        assertThat(ask(auditor, SEARCH, conversation, " ").at("/field").asString())
                .isEqualTo("q");
    }

    @Test
    void repeatedFactsChangeNothingWhateverTheBatches() {
        long seed = Long.getLong("seed", System.nanoTime());
        Random random = new Random(seed);
        Processing given = new Processing(projection, transactions);
        Story once = Story.tell(seed, UUID.randomUUID().toString(), 200);
        given.process(once.facts(), 1);
        Story again = Story.tell(seed, UUID.randomUUID().toString(), 200);
        List<TrackedEventMessage<?>> prefix = again.facts().subList(0, random.nextInt(200));
        given.process(prefix, 1 + random.nextInt(60));
        given.process(prefix, 1 + random.nextInt(60));
        given.lose(again.facts().subList(prefix.size(), 200));
        given.process(again.facts(), 1 + random.nextInt(60));
        assertThat(state(again)).as("seed %d", seed).isEqualTo(state(once)).isNotEmpty();
    }

    private List<String> state(Story story) {
        elasticsearch.indexOps(SaidDocument.class).refresh();
        return story.conversations().stream()
                .flatMap(conversation -> elasticsearch
                        .search(
                                NativeQuery.builder()
                                        .withQuery(query -> query.term(term ->
                                                term.field("conversation").value(conversation.toString())))
                                        .withSort(sort -> sort.field(field -> field.field("position")))
                                        .withPageable(PageRequest.of(0, 500))
                                        .build(),
                                SaidDocument.class)
                        .stream())
                .map(hit -> story.named(hit.getContent().toString()))
                .toList();
    }

    @Test
    void isAProcessorOfItsOwn() {
        assertThat(processing.eventProcessor(QuerySideConfiguration.SAID)).isPresent();
    }

    private static List<String> texts(Answer found, String field) {
        assertThat(found.status()).isEqualTo(200);
        return list(found.at("/hits"), field);
    }

    private static List<String> list(JsonNode nodes, String field) {
        return StreamSupport.stream(nodes.spliterator(), false)
                .map(node -> node.at("/" + field).asString())
                .toList();
    }
}
