package dev.parley.query.rebuild;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.delete;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;

import co.elastic.clients.elasticsearch.ElasticsearchClient;
import dev.parley.messages.AccountId;
import dev.parley.messages.GameId;
import dev.parley.messages.MessageId;
import dev.parley.messages.game.Seat;
import dev.parley.testing.Lobby;
import dev.parley.testing.Room;
import dev.parley.testing.Running;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.data.elasticsearch.core.ElasticsearchOperations;
import org.springframework.data.elasticsearch.core.document.Document;
import org.springframework.data.elasticsearch.core.mapping.IndexCoordinates;
import org.springframework.data.elasticsearch.core.query.UpdateQuery;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.web.servlet.request.MockHttpServletRequestBuilder;
import tools.jackson.databind.JsonNode;

class RebuildIT extends Running {

    private static final IndexCoordinates MESSAGES = IndexCoordinates.of("parley-messages");
    private static final String PROJECTIONS = "/api/v1/admin/projections";
    private static final String CONVERSATION = "/api/v1/conversations/{id}";
    private static final String HISTORY = CONVERSATION + "/messages";
    private static final String SEARCH = "/api/v1/search?q={q}";

    @Autowired
    private ElasticsearchOperations elasticsearch;

    @Autowired
    private ElasticsearchClient client;

    @Autowired
    private JdbcTemplate jdbc;

    @Autowired
    private Rebuilds rebuilds;

    @Autowired
    private RebuildTable table;

    @Autowired
    private RebuildWork work;

    private AccountId alice;
    private AccountId bob;
    private Room room;
    private MessageId message;

    @BeforeEach
    void aConversation() {
        alice = Room.register(store, "alice-" + UUID.randomUUID());
        bob = Room.register(store, "bob-" + UUID.randomUUID());
        room = Room.of(store, alice, bob);
        message = room.say(alice, "tea at five");
        MessageId edited = room.say(alice, "tea at fife");
        MessageId deleted = room.say(bob, "coffee");
        room.takeOver(alice, "old tea", 1);
        room.edit(alice, edited, "tea at five, bob", bob);
        room.edit(alice, edited, "tea at six, bob", bob);
        room.delete(bob, deleted);
        room.delete(bob, deleted);
        room.react(bob, message, "+1");
        room.react(alice, message, "+1");
        room.takeBack(alice, message, "+1");
    }

    @AfterEach
    void theNodeWorksOnRebuilds() {
        if (!rebuilds.isRunning()) {
            rebuilds.start();
        }
    }

    @Test
    void historyBuiltAnewIsAsItWas() {
        Answer page = ask(bob, HISTORY, room.id);
        Answer found = ask(bob, SEARCH, "tea");
        Set<String> before = indexes();
        elasticsearch.delete(room.id + ":" + message, MESSAGES);
        jdbc.update("delete from query_side.reaction where conversation = ?", room.id.value());
        assertThat(ask(bob, HISTORY, room.id)).isNotEqualTo(page);

        rebuild("history");
        assertThat(ask(bob, HISTORY, room.id)).isEqualTo(page);
        assertThat(ask(bob, SEARCH, "tea")).isEqualTo(found);
        assertThat(indexes()).hasSize(1).doesNotContainAnyElementsOf(before);
        assertThat(projection("history").at("/rebuild/checked").asInt()).isPositive();
        assertThat(projection("history").at("/outdated").asBoolean()).isFalse();
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> before.forEach(gone -> assertThat(elasticsearch
                                .indexOps(IndexCoordinates.of(gone))
                                .exists())
                        .isFalse()));
        assertThat(schemas("history")).isEmpty();

        room.say(bob, "tea after that");
        assertThat(ask(bob, SEARCH, "tea").at("/total").asInt()).isEqualTo(4);
    }

    @Test
    void inboxesBuiltAnewAreAsTheyWere() {
        Answer list = ask(bob, "/api/v1/conversations");
        Answer detail = ask(bob, CONVERSATION, room.id);
        jdbc.update("update query_side.conversation set sent = 99, title = 'wrong' where id = ?", room.id.value());
        jdbc.update(
                "delete from query_side.member where conversation = ? and account = ?", room.id.value(), alice.value());

        rebuild("inbox");
        assertThat(ask(bob, "/api/v1/conversations")).isEqualTo(list);
        assertThat(ask(bob, CONVERSATION, room.id)).isEqualTo(detail);
        assertThat(jdbc.queryForList(
                        "select indexname from pg_indexes where schemaname = 'query_side' and tablename = 'member'",
                        String.class))
                .contains("member_now", "member_pkey");
        await().atMost(Duration.ofSeconds(20)).until(() -> schemas("inbox").isEmpty());

        room.say(alice, "after that");
        assertThat(ask(bob, "/api/v1/conversations")
                        .at("/conversations/0/lastMessage/body")
                        .asString())
                .isEqualTo("after that");
    }

    @Test
    void theListOfGamesBuiltAnewIsAsItWas() {
        Lobby lobby = new Lobby(store);
        GameId game = lobby.create(alice, "a game");
        lobby.take(game, Seat.BLACK, alice);
        Answer games = ask(bob, "/game");
        jdbc.update("delete from query_side.game");
        rebuild("lobby");
        assertThat(ask(bob, "/game")).isEqualTo(games);
    }

    @Test
    void whatWasClearedDoesNotComeBack() {
        new Lobby(store).clear();
        room.say(alice, "tea, the race");
        Room other = Room.of(store, alice);
        other.say(alice, "tea again");
        Answer list = ask(alice, "/api/v1/conversations");
        for (String projection : List.of("history", "inbox", "lobby")) {
            rebuild(projection);
        }
        assertThat(ask(alice, "/api/v1/conversations")).isEqualTo(list);
        assertThat(ask(alice, SEARCH, "tea").at("/total").asInt()).isEqualTo(1);
        assertThat(ask(alice, HISTORY, room.id).status()).isEqualTo(403);
        room.say(alice, "tea, the race after the rebuild");
        assertThat(ask(alice, SEARCH, "tea").at("/total").asInt()).isEqualTo(1);
    }

    @Test
    void readersMeetNoFaultWhileMessagesFlowAndGenerationsAreSwapped() throws Exception {
        Set<Integer> statuses = ConcurrentHashMap.newKeySet();
        AtomicInteger reads = new AtomicInteger();
        AtomicInteger least = new AtomicInteger(Integer.MAX_VALUE);
        AtomicBoolean on = new AtomicBoolean(true);
        ask(bob, SEARCH, "tea");
        Thread writer = Thread.ofVirtual().start(() -> {
            for (int i = 0; on.get(); i++) {
                room.say(alice, "more tea " + i);
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
            }
        });
        List<Thread> readers = List.of(
                Thread.ofVirtual().start(() -> {
                    while (on.get()) {
                        Answer page = askAfter(bob, null, HISTORY + "?after=0", room.id);
                        statuses.add(page.status());
                        least.accumulateAndGet(page.at("/messages").size(), Math::min);
                        reads.incrementAndGet();
                    }
                }),
                Thread.ofVirtual().start(() -> {
                    while (on.get()) {
                        statuses.add(
                                askAfter(bob, null, "/api/v1/conversations").status());
                        statuses.add(askAfter(bob, null, CONVERSATION, room.id).status());
                        statuses.add(askAfter(bob, null, SEARCH, "tea").status());
                    }
                }));
        try {
            for (int i = 0; i < 2; i++) {
                rebuild("history");
                rebuild("inbox");
            }
        } finally {
            on.set(false);
        }
        writer.join();
        for (Thread reader : readers) {
            reader.join();
        }
        assertThat(statuses).containsExactly(200);
        assertThat(least.get()).isGreaterThanOrEqualTo(4);
        assertThat(reads.get()).isPositive();
        Answer counts = ask(alice, "/api/v1/admin/conversations/{id}/counts", room.id);
        assertThat(counts.at("/indexed").asInt())
                .isEqualTo(counts.at("/events").asInt())
                .isEqualTo(counts.at("/stored").asInt());
    }

    @Test
    void aGenerationThatIsNotAsTheLogSaysIsRefused() {
        Answer list = ask(bob, "/api/v1/conversations");
        Rebuild begun = begin("inbox");
        run(
                begun,
                next -> {},
                jdbcNext -> jdbcNext.update(
                        "update query_side.conversation set sent = sent + 1 where id = ?", room.id.value()));

        Rebuild refused = table.find("inbox");
        assertThat(refused).isNotNull();
        assertThat(refused.state()).isEqualTo(RebuildState.FAILED);
        assertThat(refused.verification().differing()).containsExactly(room.id.toString());
        assertThat(ask(bob, "/api/v1/conversations")).isEqualTo(list);
        rebuilds.start();
        await().atMost(Duration.ofSeconds(20)).until(() -> schemas("inbox").isEmpty());
        assertThat(projection("inbox").at("/rebuild/differing/0").asString()).isEqualTo(room.id.toString());
    }

    @Test
    void anIndexInWhichADocumentIsMissingOrOtherIsRefused() {
        Answer page = ask(bob, HISTORY, room.id);
        Room other = Room.of(store, alice);
        MessageId wrong = other.say(alice, "as it was said");
        Rebuild begun = begin("history");
        IndexCoordinates next = IndexCoordinates.of("parley-messages-g" + begun.generation());
        run(begun, batch -> {}, tables -> {
            elasticsearch.delete(room.id + ":" + message, next);
            elasticsearch.update(
                    UpdateQuery.builder(other.id + ":" + wrong)
                            .withDocument(Document.parse("{\"body\": \"as it was not\"}"))
                            .build(),
                    next);
            elasticsearch.indexOps(next).refresh();
        });

        Rebuild refused = table.find("history");
        assertThat(refused).isNotNull();
        assertThat(refused.state()).isEqualTo(RebuildState.FAILED);
        assertThat(refused.verification().differing()).contains(room.id.toString(), other.id.toString());
        assertThat(ask(bob, HISTORY, room.id)).isEqualTo(page);
        rebuilds.start();
        await().atMost(Duration.ofSeconds(20))
                .until(() -> !elasticsearch.indexOps(next).exists());
        assertThat(indexes()).isNotEmpty();
    }

    @Test
    void aRejectedDocumentEndsARebuild() throws Exception {
        ask(bob, SEARCH, "tea");
        Set<String> before = indexes();
        client.indices()
                .putIndexTemplate(template -> template.name("refuse")
                        .indexPatterns("parley-messages-g*")
                        .template(
                                refuse -> refuse.settings(settings -> settings.blocks(blocks -> blocks.write(true)))));
        try {
            assertThat(status(post(PROJECTIONS + "/history/rebuild"))).isEqualTo(202);
            await().atMost(Duration.ofSeconds(60)).until(() -> state("history").equals("failed"));
        } finally {
            client.indices().deleteIndexTemplate(template -> template.name("refuse"));
        }
        assertThat(projection("history").at("/rebuild/error").asString()).contains("BulkFailureException [403]");
        assertThat(indexes()).isEqualTo(before);
    }

    @Test
    void aRebuildGoesOnWhereACrashedNodeLeftIt() {
        Rebuild begun = begin("inbox");
        AtomicInteger batches = new AtomicInteger();
        IllegalStateException crash = new IllegalStateException("The node crashes");
        assertThatThrownBy(() -> run(
                        begun,
                        batch -> {
                            if (batches.incrementAndGet() == 3) {
                                throw crash;
                            }
                        },
                        next -> {}))
                .isSameAs(crash);
        Rebuild left = table.find("inbox");
        assertThat(left).isNotNull();
        assertThat(left.state()).isEqualTo(RebuildState.FILLING);
        assertThat(left.position()).isPositive();

        table.release("inbox", work.owner());
        rebuilds.start();
        await().atMost(Duration.ofSeconds(60)).until(() -> state("inbox").equals("done"));
        assertThat(projection("inbox").at("/rebuild/generation").asInt()).isEqualTo(begun.generation());
    }

    @Test
    void whatFailsForGoodEndsARebuildAndWhatPassesDoesNot() {
        assertThat(PassingFailure.is(new DataAccessResourceFailureException("down")))
                .isTrue();
        assertThat(PassingFailure.is(new DataIntegrityViolationException("a fact that no table takes")))
                .isFalse();
        assertThat(PassingFailure.kinds(
                        new IllegalStateException("secret", new DataIntegrityViolationException("text"))))
                .isEqualTo("IllegalStateException < DataIntegrityViolationException");
    }

    @Test
    void aRebuildThatIsCancelledChangesNothing() {
        ask(bob, SEARCH, "tea");
        Set<String> before = indexes();
        rebuilds.stop();
        assertThat(status(post(PROJECTIONS + "/history/rebuild"))).isEqualTo(202);
        assertThat(status(post(PROJECTIONS + "/history/rebuild"))).isEqualTo(400);
        assertThat(status(delete(PROJECTIONS + "/history/rebuild"))).isEqualTo(204);
        assertThat(status(delete(PROJECTIONS + "/history/rebuild"))).isEqualTo(404);
        assertThat(status(post(PROJECTIONS + "/nothing/rebuild"))).isEqualTo(404);
        rebuilds.start();
        assertThat(indexes()).isEqualTo(before);
        assertThat(state("history")).isEqualTo("cancelled");
    }

    /// A rebuild that this test works on, not the node.
    private Rebuild begin(String projection) {
        awaitProjections();
        rebuilds.stop();
        assertThat(table.start(projection)).isTrue();
        assertThat(table.lease(projection, work.owner(), Duration.ofSeconds(30)))
                .isTrue();
        Rebuild begun = table.find(projection);
        assertThat(begun).isNotNull();
        return begun;
    }

    /// @param eachBatch before it is written
    /// @param beforeVerifying what it does to the generation's tables
    private void run(Rebuild begun, Consumer<List<?>> eachBatch, Consumer<JdbcTemplate> beforeVerifying) {
        Rebuildable real = rebuilds.projections().get(begun.projection());
        try {
            new Rebuilding(work, new Tampering(Objects.requireNonNull(real), eachBatch, beforeVerifying), begun).run();
        } catch (InterruptedException stopped) {
            throw new AssertionError(stopped);
        }
    }

    private void rebuild(String projection) {
        assertThat(status(post(PROJECTIONS + "/" + projection + "/rebuild"))).isEqualTo(202);
        await().atMost(Duration.ofSeconds(60)).until(() -> !state(projection).matches("filling|verifying"));
        assertThat(projection(projection).at("/rebuild/differing").size()).isZero();
        assertThat(state(projection)).isEqualTo("done");
    }

    private int status(MockHttpServletRequestBuilder request) {
        return perform(request).status();
    }

    private String state(String projection) {
        return projection(projection).at("/rebuild/state").asString();
    }

    private JsonNode projection(String name) {
        for (JsonNode each : askAfter(alice, null, PROJECTIONS).at("/projections")) {
            if (each.at("/name").asString().equals(name)) {
                return each;
            }
        }
        throw new AssertionError(name);
    }

    private Set<String> indexes() {
        return elasticsearch.indexOps(MESSAGES).getAliases("parley-messages").keySet();
    }

    private List<String> schemas(String projection) {
        return JdbcClient.create(jdbc)
                .sql("select nspname from pg_namespace where nspname like ?")
                .param("query_side_" + projection + "_%")
                .query(String.class)
                .list();
    }
}
