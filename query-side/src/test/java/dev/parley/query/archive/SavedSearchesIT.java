package dev.parley.query.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.delete;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;

import dev.parley.messages.AccountId;
import dev.parley.messages.GameId;
import dev.parley.messages.application.ApplicationEvent.ApplicationCleared;
import dev.parley.messages.archive.ArchiveEvent;
import dev.parley.messages.archive.ArchiveEvent.SavedSearchDeleted;
import dev.parley.messages.archive.ArchiveEvent.SearchSaved;
import dev.parley.messages.archive.ArchiveFilters;
import dev.parley.messages.archive.SavedSearchId;
import dev.parley.testing.Processing;
import dev.parley.testing.Room;
import dev.parley.testing.Tables;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.axonframework.common.transaction.TransactionManager;
import org.axonframework.eventhandling.GenericDomainEventMessage;
import org.axonframework.eventhandling.GenericTrackedDomainEventMessage;
import org.axonframework.eventhandling.GlobalSequenceTrackingToken;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.MediaType;
import org.springframework.jdbc.core.JdbcTemplate;

class SavedSearchesIT extends Analysing {

    @Autowired
    private ArchiveProjection projection;

    @Autowired
    private SavedSearchTable table;

    @Autowired
    private TransactionManager transactions;

    @Autowired
    private JdbcTemplate jdbc;

    @BeforeEach
    @AfterEach
    void knowsOfNoClear() {
        awaitProjections();
        Tables.empty(jdbc);
        table.empty();
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
        List<AccountId> people = List.of(new AccountId(UUID.randomUUID()), new AccountId(UUID.randomUUID()));
        List<TrackedEventMessage<?>> story = story(random, people);
        Processing processing = new Processing(projection, transactions);
        processing.process(story, 1);
        Map<AccountId, List<SavedSearchTable.Row>> expected = rows(people);

        for (int run = 0; run < 5; run++) {
            Tables.empty(jdbc);
            table.empty();
            List<TrackedEventMessage<?>> prefix = story.subList(0, random.nextInt(story.size()));
            processing.process(prefix, 1 + random.nextInt(30));
            processing.process(prefix, 1 + random.nextInt(30));
            processing.process(story, 1 + random.nextInt(30));
            assertThat(rows(people)).as("seed %d", seed).isEqualTo(expected);
            processing.process(story.subList(story.size() - 20, story.size()), 7);
            assertThat(rows(people)).as("seed %d", seed).isEqualTo(expected);
        }
    }

    private Map<AccountId, List<SavedSearchTable.Row>> rows(List<AccountId> people) {
        return Map.of(people.get(0), table.of(people.get(0)), people.get(1), table.of(people.get(1)));
    }

    /// Saves and deletes, with a clear amid them.
    private static List<TrackedEventMessage<?>> story(Random random, List<AccountId> people) {
        Instant at = Instant.parse("2026-01-01T00:00:00Z");
        List<TrackedEventMessage<?>> facts = new ArrayList<>();
        List<SearchSaved> kept = new ArrayList<>();
        while (facts.size() < 200) {
            if (facts.size() == 80) {
                kept.clear();
                facts.add(fact(facts.size(), new ApplicationCleared(1, new GameId(1), at)));
            } else if (!kept.isEmpty() && random.nextInt(3) == 0) {
                SearchSaved gone = kept.remove(random.nextInt(kept.size()));
                facts.add(fact(facts.size(), new SavedSearchDeleted(gone.search(), gone.account(), at)));
            } else {
                ArchiveFilters filters = new ArchiveFilters(people, List.of(), List.of("latin"), List.of(), null, at);
                SearchSaved saved = new SearchSaved(
                        new SavedSearchId(UUID.randomUUID()),
                        people.get(random.nextInt(2)),
                        "n\u0000" + facts.size(),
                        random.nextBoolean() ? null : "tea " + facts.size(),
                        filters,
                        at);
                kept.add(saved);
                facts.add(fact(facts.size(), saved));
            }
        }
        return facts;
    }

    private static TrackedEventMessage<?> fact(int position, Object payload) {
        String stream = payload instanceof ArchiveEvent event ? event.account() + ".archive" : "application";
        return new GenericTrackedDomainEventMessage<>(
                new GlobalSequenceTrackingToken(position),
                new GenericDomainEventMessage<>("Analyst", stream, position, payload));
    }
}
