package dev.parley.query.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.delete;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;

import dev.parley.messages.AccountId;
import dev.parley.testing.Processing;
import dev.parley.testing.Room;
import dev.parley.testing.Story;
import dev.parley.testing.Tables;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.axonframework.common.transaction.TransactionManager;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.MediaType;
import org.springframework.jdbc.core.JdbcTemplate;

class SavedSearchesIT extends Analysing {

    private static final int LENGTH = 300;

    @Autowired
    private ArchiveProjection projection;

    @Autowired
    private TransactionManager transactions;

    @Autowired
    private JdbcTemplate jdbc;

    @BeforeEach
    @AfterEach
    void knowsOfNoClear() {
        awaitProjections();
        Tables.empty(jdbc);
    }

    private Answer save(AccountId analyst, String json) {
        return perform(as(analyst, post("/api/v1/archive/searches"))
                .contentType(MediaType.APPLICATION_JSON)
                .content(json));
    }

    @Test
    void aSearchIsSavedListedRunAndDeleted() {
        String word = word();
        AccountId analyst = new AccountId(UUID.randomUUID());
        AccountId other = new AccountId(UUID.randomUUID());
        Room room = Room.of(store, analyst);
        room.say(analyst, word + " one");
        room.takeOver(analyst, word + " two", 1);

        Answer saved = save(
                analyst,
                "{\"name\":\" Old words \",\"q\":\"" + word + "\",\"until\":\"2010-01-01\",\"sender\":[\"" + analyst
                        + "\"]}");
        assertThat(saved.status()).isEqualTo(201);
        String id = saved.at("/id").asString();
        Answer list = look(analyst, "/searches");
        assertThat(texts(list, "/searches", "/id")).containsExactly(id);
        assertThat(list.at("/searches/0/name").asString()).isEqualTo("Old words");
        assertThat(list.at("/searches/0/until").asString()).isEqualTo("2010-01-01T00:00:00Z");
        assertThat(list.at("/searches/0/sender/0").asString()).isEqualTo(analyst.toString());
        assertThat(list.at("/searches/0").has("script")).isFalse();
        assertThat(look(other, "/searches").json()).hasToString("{\"searches\":[]}");

        assertThat(texts(look(analyst, "/search?saved={s}", id), "/hits", "/body"))
                .containsExactly(word + " two");
        assertThat(look(analyst, "/facets?saved={s}", id).at("/total").asInt()).isEqualTo(1);
        assertThat(look(other, "/search?saved={s}", id).status()).isEqualTo(404);

        assertThat(perform(as(analyst, delete("/api/v1/archive/searches/{id}", id)))
                        .status())
                .isEqualTo(204);
        assertThat(look(analyst, "/searches").at("/searches").size()).isZero();
        assertThat(look(analyst, "/search?saved={s}", id).status()).isEqualTo(404);
        assertThat(perform(as(other, delete("/api/v1/archive/searches/{id}", id)))
                        .status())
                .isEqualTo(404);
    }

    @Test
    void whatCannotBeRunIsNotSaved() {
        AccountId analyst = new AccountId(UUID.randomUUID());
        assertThat(save(analyst, "{\"q\":\"tea\"}").at("/field").asString()).isEqualTo("name");
        assertThat(save(analyst, "{\"name\":\"" + "x".repeat(101) + "\"}")
                        .at("/field")
                        .asString())
                .isEqualTo("name");
        assertThat(save(analyst, "{\"name\":\"n\",\"q\":\"" + "x".repeat(501) + "\"}")
                        .at("/field")
                        .asString())
                .isEqualTo("q");
        assertThat(save(analyst, "{\"name\":\"n\",\"since\":\"soon\"}")
                        .at("/field")
                        .asString())
                .isEqualTo("since");
    }

    @Test
    void repeatedFactsChangeNothingWhateverTheBatches() {
        long seed = Long.getLong("seed", System.nanoTime());
        Random random = new Random(seed);
        Processing processing = new Processing(projection, transactions);
        Story once = Story.tell(seed, UUID.randomUUID().toString(), LENGTH);
        processing.process(once.facts(), 1);
        List<String> expected = rows(once);
        assertThat(expected).as("seed %d", seed).isNotEmpty();

        for (int run = 0; run < 5; run++) {
            Tables.empty(jdbc);
            Story again = Story.tell(seed, UUID.randomUUID().toString(), LENGTH);
            List<TrackedEventMessage<?>> prefix = again.facts().subList(0, random.nextInt(LENGTH));
            processing.process(prefix, 1 + random.nextInt(60));
            processing.process(prefix, 1 + random.nextInt(60));
            processing.process(again.facts(), 1 + random.nextInt(60));
            assertThat(rows(again)).as("seed %d", seed).isEqualTo(expected);
            processing.process(again.facts().subList(LENGTH - 50, LENGTH), 7);
            assertThat(rows(again)).as("seed %d", seed).isEqualTo(expected);
        }
    }

    private List<String> rows(Story story) {
        return jdbc.queryForList("select * from query_side.saved_search order by position").stream()
                .map(row -> story.named(row.toString()))
                .toList();
    }
}
