package dev.parley.query.rebuild;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;

import co.elastic.clients.elasticsearch.ElasticsearchClient;
import co.elastic.clients.json.JsonData;
import dev.parley.messages.MessageId;
import dev.parley.testing.Lobby;
import dev.parley.testing.Room;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.data.elasticsearch.core.document.Document;
import org.springframework.data.elasticsearch.core.mapping.IndexCoordinates;
import org.springframework.data.elasticsearch.core.query.UpdateQuery;

class IndexRebuildIT extends Rebuilt {

    private static final String SAID = "/api/v1/audit/search?conversation={c}&q={q}";

    @Autowired
    private ElasticsearchClient client;

    @Test
    void historyBuiltAnewIsAsItWas() {
        Answer page = ask(bob, HISTORY, room.id);
        Answer found = ask(bob, SEARCH, "tea");
        Set<String> before = indexes("parley-messages");
        elasticsearch.delete(room.id + ":" + message, IndexCoordinates.of("parley-messages"));
        jdbc.update("delete from query_side.reaction where conversation = ?", room.id.value());
        assertThat(ask(bob, HISTORY, room.id)).isNotEqualTo(page);

        rebuild("history");
        assertThat(ask(bob, HISTORY, room.id)).isEqualTo(page);
        assertThat(ask(bob, SEARCH, "tea")).isEqualTo(found);
        assertThat(indexes("parley-messages")).hasSize(1).doesNotContainAnyElementsOf(before);
        assertThat(projection("history").at("/rebuild/checked").asInt()).isPositive();
        before.forEach(this::awaitGone);
        awaitNothingLeft("history");

        room.say(bob, "tea after that");
        assertThat(ask(bob, SEARCH, "tea").at("/total").asInt())
                .isEqualTo(found.at("/total").asInt() + 1);
    }

    @Test
    void whatWasSaidBuiltAnewIsAsItWasAndAClearTakesNothingAway() {
        new Lobby(store).clear();
        Answer found = ask(alice, SAID, room.id, "tea");
        Set<String> before = indexes("parley-said");
        elasticsearch.delete(room.id + ":" + room.seqOf(message), IndexCoordinates.of("parley-said"));
        assertThat(ask(alice, SAID, room.id, "tea")).isNotEqualTo(found);

        rebuild("said");
        assertThat(found.at("/total").asInt()).isEqualTo(6);
        assertThat(ask(alice, SAID, room.id, "tea")).isEqualTo(found);
        assertThat(indexes("parley-said")).hasSize(1).doesNotContainAnyElementsOf(before);
        before.forEach(this::awaitGone);
        room.say(bob, "tea after that");
        assertThat(ask(alice, SAID, room.id, "tea").at("/total").asInt()).isEqualTo(7);
    }

    @Test
    void aHistoryInWhichADocumentIsMissingOrOtherIsRefused() {
        Answer page = ask(bob, HISTORY, room.id);
        Room other = Room.of(store, alice);
        MessageId wrong = other.say(alice, "as it was said");
        Rebuild begun = begin("history");
        String next = "parley-messages-g" + begun.generation();
        run(begun, batch -> {}, tables -> {
            elasticsearch.delete(room.id + ":" + message, IndexCoordinates.of(next));
            change(next, other.id + ":" + wrong, "{\"body\": \"as it was not\"}");
        });

        Rebuild refused = found("history");
        assertThat(refused.state()).isEqualTo(RebuildState.FAILED);
        assertThat(refused.verification().differing())
                .filteredOn(line -> !line.contains("documents for"))
                .containsExactlyInAnyOrder(room.id.toString(), other.id.toString());
        assertThat(ask(bob, HISTORY, room.id)).isEqualTo(page);
        rebuilds.start();
        awaitGone(next);
        assertThat(indexes("parley-messages")).isNotEmpty();
    }

    @Test
    void anIndexOfWhatWasSaidInWhichADocumentIsMissingOrOtherIsRefused() {
        Answer said = ask(alice, SAID, room.id, "tea");
        Room other = Room.of(store, alice);
        MessageId wrong = other.say(alice, "as it was said");
        Rebuild begun = begin("said");
        String next = "parley-said-g" + begun.generation();
        run(begun, batch -> {}, tables -> {
            elasticsearch.delete(room.id + ":" + room.seqOf(message), IndexCoordinates.of(next));
            change(next, other.id + ":" + other.seqOf(wrong), "{\"by\": \"somebody else\"}");
        });

        Rebuild refused = found("said");
        assertThat(refused.state()).isEqualTo(RebuildState.FAILED);
        assertThat(refused.verification().differing())
                .filteredOn(line -> !line.contains("documents for"))
                .containsExactlyInAnyOrder(room.id.toString(), other.id.toString());
        assertThat(ask(alice, SAID, room.id, "tea")).isEqualTo(said);
        rebuilds.start();
        awaitGone(next);
    }

    @ParameterizedTest
    @CsvSource({"history, parley-messages", "said, parley-said"})
    void anIndexOfAnOlderFormIsOutdatedUntilItIsBuiltAnew(String projection, String alias) throws Exception {
        ask(alice, SAID, room.id, "tea");
        String index = indexes(alias).iterator().next();
        client.indices().putMapping(put -> put.index(index).meta(Map.of("shape", JsonData.of("0-of-before"))));
        assertThat(projection(projection).at("/outdated").asBoolean()).isTrue();
        rebuild(projection);
        assertThat(projection(projection).at("/outdated").isBoolean()).isTrue();
        assertThat(projection(projection).at("/outdated").asBoolean()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"history, parley-messages", "said, parley-said"})
    void anIndexThatWasLostIsOutdatedUntilItIsBuiltAnew(String projection, String alias) throws Exception {
        int before = total(projection, "tea");
        assertThat(before).isPositive();
        for (String index : indexes(alias)) {
            client.indices().delete(delete -> delete.index(index));
        }
        MessageId later = room.say(bob, "biscuits after all was lost");
        await().atMost(Duration.ofSeconds(60)).until(() -> total(projection, "biscuits") == 1);
        assertThat(total(projection, "tea")).as(later + " alone is there").isZero();
        assertThat(projection(projection).at("/outdated").asBoolean()).isTrue();
        rebuild(projection);
        assertThat(projection(projection).at("/outdated").isBoolean()).isTrue();
        assertThat(projection(projection).at("/outdated").asBoolean()).isFalse();
        assertThat(total(projection, "tea")).isEqualTo(before);
        assertThat(total(projection, "biscuits")).isEqualTo(1);
    }

    /// As after PostgreSQL was restored to a time before the last rebuild.
    @ParameterizedTest
    @CsvSource({"history, parley-messages", "said, parley-said"})
    void aRebuildDoesNotTouchTheIndexThatIsRead(String projection, String alias) {
        rebuild(projection);
        Set<String> read = indexes(alias);
        int found = total(projection, "tea");
        jdbc.update("update query_side.rebuild set generation = generation - 1 where projection = ?", projection);
        assertThat(status(post(PROJECTIONS + "/" + projection + "/rebuild"))).isEqualTo(202);
        await().atMost(Duration.ofSeconds(60)).until(() -> state(projection).equals("failed"));
        assertThat(indexes(alias)).isEqualTo(read);
        assertThat(total(projection, "tea")).isEqualTo(found).isPositive();
        rebuild(projection);
        assertThat(indexes(alias)).doesNotContainAnyElementsOf(read);
        assertThat(total(projection, "tea")).isEqualTo(found);
    }

    @Test
    void aRejectedDocumentEndsARebuild() throws Exception {
        ask(bob, SEARCH, "tea");
        Set<String> before = indexes("parley-messages");
        client.indices()
                .putIndexTemplate(template -> template.name("refuse")
                        .indexPatterns("parley-messages-g*")
                        .template(refuse -> refuse.settings(settings -> settings.defaultPipeline("there-is-none"))));
        try {
            assertThat(status(post(PROJECTIONS + "/history/rebuild"))).isEqualTo(202);
            await().atMost(Duration.ofSeconds(60)).until(() -> state("history").equals("failed"));
        } finally {
            client.indices().deleteIndexTemplate(template -> template.name("refuse"));
        }
        assertThat(projection("history").at("/rebuild/error").asString()).contains("BulkFailureException [400]");
        assertThat(indexes("parley-messages")).isEqualTo(before);
    }

    private int total(String projection, String q) {
        return (projection.equals("history") ? ask(bob, SEARCH, q) : ask(alice, SAID, room.id, q))
                .at("/total")
                .asInt();
    }

    private void change(String index, String id, String fields) {
        elasticsearch.update(
                UpdateQuery.builder(id).withDocument(Document.parse(fields)).build(), IndexCoordinates.of(index));
        elasticsearch.indexOps(IndexCoordinates.of(index)).refresh();
    }
}
