package dev.parley.query.rebuild;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;

import dev.parley.messages.AccountId;
import dev.parley.messages.MessageId;
import dev.parley.messages.conversation.ConversationEvent.MessageSent;
import dev.parley.testing.Room;
import dev.parley.testing.Running;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.data.elasticsearch.core.ElasticsearchOperations;
import org.springframework.data.elasticsearch.core.mapping.IndexCoordinates;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.test.web.servlet.request.MockHttpServletRequestBuilder;
import tools.jackson.databind.JsonNode;

/// A conversation with facts of all kinds, and rebuilds: of the node, or step by step.
abstract class Rebuilt extends Running {

    static final String PROJECTIONS = "/api/v1/admin/projections";
    static final String CONVERSATIONS = "/api/v1/conversations";
    static final String CONVERSATION = CONVERSATIONS + "/{id}";
    static final String HISTORY = CONVERSATION + "/messages";
    static final String SEARCH = "/api/v1/search?q={q}";

    @Autowired
    ElasticsearchOperations elasticsearch;

    @Autowired
    JdbcTemplate jdbc;

    @Autowired
    Rebuilds rebuilds;

    @Autowired
    RebuildTable table;

    @Autowired
    RebuildWork work;

    AccountId alice;
    AccountId bob;
    Room room;
    MessageId message;

    @BeforeEach
    void aConversation() {
        alice = Room.register(store, "alice-" + UUID.randomUUID());
        bob = Room.register(store, "bob-" + UUID.randomUUID());
        room = Room.of(store, alice, bob);
        message = room.say(alice, "tea at five");
        talk(room, message);
    }

    /// A conversation with facts of all kinds about a message that alice sent.
    void talk(Room room, MessageId message) {
        MessageId edited = room.say(alice, "tea at fife");
        MessageId deleted = room.say(bob, "coffee");
        room.takeOver(alice, "old tea", 1);
        room.read(bob, room.seqOf(edited), true);
        room.edit(alice, edited, "tea at five, bob", bob);
        room.edit(alice, edited, "tea at six, bob", bob);
        room.delete(bob, deleted);
        room.delete(bob, deleted);
        room.react(bob, message, "+1");
        room.react(alice, message, "+1");
        room.react(alice, edited, "+1");
        room.takeBack(alice, message, "+1");
        room.say(new MessageSent(
                room.id, Room.newMessage(), alice, "bob? tea!", null, List.of(bob), List.of(), Room.now()));
        room.deliver(bob, 1_000);
        room.mute(bob, null);
    }

    @AfterEach
    void theNodeWorksOnRebuilds() {
        if (!rebuilds.isRunning()) {
            rebuilds.start();
        }
    }

    /// A rebuild that this test works on, not the node.
    Rebuild begin(String projection) {
        awaitProjections();
        rebuilds.stop();
        assertThat(table.start(projection)).isTrue();
        assertThat(table.lease(projection, work.owner(), Duration.ofSeconds(30)))
                .isTrue();
        return found(projection);
    }

    Rebuild found(String projection) {
        return Objects.requireNonNull(table.find(projection));
    }

    void run(Rebuild begun, Consumer<List<?>> eachBatch, Consumer<JdbcTemplate> beforeVerifying) {
        run(begun, eachBatch, beforeVerifying, () -> {});
    }

    /// With what [Tampering] does.
    void run(
            Rebuild begun,
            Consumer<List<?>> eachBatch,
            Consumer<JdbcTemplate> beforeVerifying,
            Runnable eachComparison) {
        Rebuildable real = Objects.requireNonNull(rebuilds.projections().get(begun.projection()));
        try {
            new Rebuilding(work, new Tampering(real, eachBatch, beforeVerifying, eachComparison), begun).run();
        } catch (InterruptedException stopped) {
            throw new AssertionError(stopped);
        }
    }

    void rebuild(String projection) {
        assertThat(status(post(PROJECTIONS + "/" + projection + "/rebuild"))).isEqualTo(202);
        await().atMost(Duration.ofSeconds(60)).until(() -> !state(projection).matches("filling|verifying"));
        assertThat(projection(projection).at("/rebuild/differing").size()).isZero();
        assertThat(state(projection)).isEqualTo("done");
    }

    int status(MockHttpServletRequestBuilder request) {
        return perform(request).status();
    }

    String state(String projection) {
        return projection(projection).at("/rebuild/state").asString();
    }

    JsonNode projection(String name) {
        for (JsonNode each : askAfter(alice, null, PROJECTIONS).at("/projections")) {
            if (each.at("/name").asString().equals(name)) {
                return each;
            }
        }
        throw new AssertionError(name);
    }

    /// Behind the alias.
    Set<String> indexes(String alias) {
        return elasticsearch
                .indexOps(IndexCoordinates.of(alias))
                .getAliases(alias)
                .keySet();
    }

    void awaitGone(String index) {
        await().atMost(Duration.ofSeconds(20))
                .until(() -> !elasticsearch.indexOps(IndexCoordinates.of(index)).exists());
    }

    /// Of generations that are not read.
    List<String> schemas(String projection) {
        return jdbc.queryForList(
                "select nspname from pg_namespace where nspname like ?",
                String.class,
                "query_side_" + projection + "_%");
    }

    void awaitNothingLeft(String projection) {
        await().atMost(Duration.ofSeconds(20)).until(() -> schemas(projection).isEmpty());
    }
}
