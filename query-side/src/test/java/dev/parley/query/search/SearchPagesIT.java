package dev.parley.query.search;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.messages.AccountId;
import dev.parley.messages.MessageId;
import dev.parley.testing.Room;
import dev.parley.testing.Running;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SearchPagesIT extends Running {

    private static final String SEARCH = "/api/v1/search?q={q}&sort={s}&limit=7";

    @Test
    void whatFitsBestComesFirstAndTheNewestOfWhatFitsAlike() {
        AccountId alice = new AccountId(UUID.randomUUID());
        Room room = Room.of(store, alice);
        room.say(alice, "kernel panic 1");
        room.say(alice, "kernel panic 2");
        room.say(alice, "panic in the kernel");
        room.say(alice, "kernel " + "and so on and on ".repeat(5) + "panic");
        room.say(alice, "kernel panics");
        room.say(alice, "karnel panik");

        assertThat(bodies(ask(alice, SEARCH, "kernel panic", "relevance")).map(body -> body.substring(0, 12)))
                .containsExactly(
                        "kernel panic", "kernel panic", "panic in the", "kernel and s", "kernel panic", "karnel panik");
        assertThat(bodies(ask(alice, SEARCH, "kernel panic", "relevance")).limit(2))
                .containsExactly("kernel panic 2", "kernel panic 1");
        assertThat(bodies(ask(alice, SEARCH, "kernel panic", "time")).limit(2))
                .containsExactly("karnel panik", "kernel panics");
    }

    /// Between two pages come messages that fit better, alike and worse, and make the words more common.
    @ParameterizedTest
    @ValueSource(strings = {"relevance", "time"})
    void pagesNeitherRepeatNorMissWhileMessagesArrive(String sort) {
        long seed = Long.getLong("seed", System.nanoTime());
        Random random = new Random(seed);
        AccountId alice = new AccountId(UUID.randomUUID());
        Room room = Room.of(store, alice);
        List<String> there = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            there.add(say(room, alice, random).toString());
        }

        List<String> shown = new ArrayList<>();
        Answer page = ask(alice, SEARCH, "kernel panic", sort);
        while (true) {
            StreamSupport.stream(page.at("/hits").spliterator(), false)
                    .map(hit -> hit.at("/id").asString())
                    .forEach(shown::add);
            if (!page.json().has("next")) {
                break;
            }
            for (int i = 0; i < 5; i++) {
                say(room, alice, random);
            }
            String cursor = page.at("/next").asString();
            page = ask(alice, SEARCH + "&cursor={c}", "kernel panic", sort, cursor);
            assertThat(shown.size()).as("pages come to an end").isLessThan(400);
        }
        assertThat(shown).as("seed %d", seed).doesNotHaveDuplicates().containsAll(there);
        if (sort.equals("time")) {
            assertThat(shown).hasSameSizeAs(there);
        }
    }

    @Test
    void aCursorIsGoodForItsOrderOnly() {
        AccountId alice = new AccountId(UUID.randomUUID());
        Room room = Room.of(store, alice);
        for (int i = 0; i < 8; i++) {
            room.say(alice, "kernel");
        }
        String cursor = ask(alice, SEARCH, "kernel", "relevance").at("/next").asString();
        Answer refused = ask(alice, SEARCH + "&cursor={c}", "kernel", "time", cursor);
        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.at("/field").asString()).isEqualTo("cursor");
        assertThat(ask(alice, SEARCH + "&cursor={c}", "kernel", "relevance", cursor)
                        .at("/hits")
                        .size())
                .isEqualTo(1);
        for (String forged : List.of("NaN,1", "1,", "x", "Infinity,3", ",")) {
            assertThat(ask(
                                    alice,
                                    SEARCH + "&cursor={c}",
                                    "kernel",
                                    "relevance",
                                    dev.parley.query.paging.Cursor.of("search-relevance", forged))
                            .at("/field")
                            .asString())
                    .isEqualTo("cursor");
        }
    }

    private static MessageId say(Room room, AccountId alice, Random random) {
        String padding = "and so on ".repeat(random.nextInt(6));
        return room.say(
                alice,
                switch (random.nextInt(5)) {
                    case 0 -> "kernel panic " + padding;
                    case 1 -> "kernel " + padding + "panic";
                    case 2 -> "panic " + padding + "kernel";
                    case 3 -> "kernel " + padding + "panics";
                    default -> "karnel " + padding + "panic";
                });
    }

    private static Stream<String> bodies(Answer answer) {
        assertThat(answer.status()).isEqualTo(200);
        return StreamSupport.stream(answer.at("/hits").spliterator(), false)
                .map(hit -> hit.at("/body").asString());
    }
}
