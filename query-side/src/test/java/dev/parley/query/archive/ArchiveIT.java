package dev.parley.query.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;

import dev.parley.messages.AccountId;
import dev.parley.messages.MessageId;
import dev.parley.testing.Recorder;
import dev.parley.testing.Room;
import dev.parley.testing.Servers;
import java.security.Principal;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ArchiveIT extends Analysing {

    private static final List<String> ROUTES = List.of(
            "/search", "/facets", "/histogram", "/terms", "/activity/conversations", "/activity/people", "/export");

    @Test
    void analystsFindWhatOthersSaidInAllConversations() {
        String word = word();
        AccountId ann = Room.register(store, "ann" + word);
        AccountId bob = Room.register(store, "bob" + word);
        Room one = Room.of(store, ann);
        Room two = Room.of(store, bob);
        one.say(ann, "say " + word + " once");
        two.takeOver(bob, "say " + word + " again", 1);

        Answer found = look("/search?q={q}", word);
        assertThat(found.at("/total").asInt()).isEqualTo(2);
        assertThat(texts(found, "/hits", "/body")).containsExactly("say " + word + " again", "say " + word + " once");
        assertThat(texts(found, "/hits", "/title")).containsOnly("Tea");
        assertThat(found.at("/hits/0/name").asString()).isEqualTo("BOB" + word.toUpperCase(java.util.Locale.ROOT));
        assertThat(found.at("/hits/0/username").asString()).isEqualTo("bob" + word);
        assertThat(found.at("/hits/0/highlight/1/text").asString()).isEqualTo(word);
        assertThat(found.at("/hits/0/highlight/1/hit").asBoolean()).isTrue();

        assertThat(texts(look("/search?q={q}&sender={s}", word, ann), "/hits", "/sender"))
                .containsExactly(ann.toString());
        assertThat(texts(
                        look("/search?conversation={c}&conversation={d}&sort=oldest", one.id, two.id),
                        "/hits",
                        "/conversation"))
                .containsExactly(one.id.toString(), two.id.toString());
        assertThat(look("/search?q={q}&until=2005-01-01", word)
                        .at("/hits/0/sender")
                        .asString())
                .isEqualTo(bob.toString());
        assertThat(look("/search?q={q}&since=2004-11-15T01:00:00Z&until=2004-11-15T01:00:00Z", word)
                        .at("/total")
                        .asInt())
                .isZero();
    }

    @Test
    void whatWasDeletedIsShownNowhere() {
        String word = word();
        AccountId ann = new AccountId(UUID.randomUUID());
        Room room = Room.of(store, ann);
        MessageId gone = room.say(ann, word + " hidden");
        MessageId kept = room.say(ann, word + " old");
        room.delete(ann, gone);
        room.edit(ann, kept, word + " new");

        Answer found = look("/search?conversation={c}", room.id);
        assertThat(texts(found, "/hits", "/body")).containsExactly(word + " new");
        assertThat(look("/facets?conversation={c}", room.id).at("/total").asInt())
                .isEqualTo(1);
        assertThat(texts(look("/terms?conversation={c}", room.id), "/terms", "/term"))
                .containsExactly("new", word);
    }

    @Test
    void onlyAnalystsGetIn() {
        Principal somebody = () -> UUID.randomUUID().toString();
        for (String route : ROUTES) {
            assertThat(perform(get("/api/v1/archive" + route).principal(somebody))
                            .status())
                    .as(route)
                    .isEqualTo(403);
            assertThat(perform(get("/api/v1/archive" + route)).status())
                    .as(route)
                    .isEqualTo(401);
        }
        assertThat(perform(get("/api/v1/archive/searches").principal(somebody)).status())
                .isEqualTo(403);
    }

    @Test
    void everyLookIsStoredBeforeItIsAnswered() {
        AccountId analyst = new AccountId(UUID.randomUUID());
        long before = store.createHeadToken().position().orElse(0);
        for (String route : ROUTES) {
            look(analyst, route + "?q=tea time&sender=" + analyst + "&since=2020-01-01&script=LATIN");
        }
        List<String> uses = new ArrayList<>();
        store.openStream(new org.axonframework.eventhandling.GlobalSequenceTrackingToken(before))
                .asStream()
                .limit(store.createHeadToken().position().orElse(0) - before)
                .map(message -> message.getPayload())
                .filter(dev.parley.messages.archive.ArchiveEvent.ArchiveAccessed.class::isInstance)
                .map(dev.parley.messages.archive.ArchiveEvent.ArchiveAccessed.class::cast)
                .filter(access -> access.account().equals(analyst))
                .forEach(access -> {
                    assertThat(access.query()).isEqualTo("tea time");
                    assertThat(access.filters().senders()).containsExactly(analyst);
                    assertThat(access.filters().scripts()).containsExactly("latin");
                    assertThat(access.filters().since()).hasToString("2020-01-01T00:00:00Z");
                    uses.add(access.use().name());
                });
        assertThat(uses).containsExactly("SEARCH", "FACETS", "HISTOGRAM", "TERMS", "CONVERSATIONS", "PEOPLE", "EXPORT");
    }

    @Test
    void nothingIsShownThatCannotBeStored() {
        AccountId analyst = new AccountId(UUID.randomUUID());
        Recorder.fail(analyst);
        for (String route : ROUTES) {
            Answer answer = look(analyst, route);
            assertThat(answer.status()).as(route).isEqualTo(503);
            assertThat(answer.json().has("hits")).isFalse();
        }
    }

    @Test
    void archiveIsUnavailableWhileElasticsearchIsDown() {
        Servers.stopElasticsearch();
        try {
            for (String route : ROUTES) {
                assertThat(perform(as(ANALYST, get("/api/v1/archive" + route))).status())
                        .as(route)
                        .isEqualTo(503);
            }
        } finally {
            Servers.restartElasticsearch();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"newest", "oldest", "relevance"})
    void pagesNeitherRepeatNorMissWhileMessagesArrive(String sort) {
        String word = word();
        AccountId ann = new AccountId(UUID.randomUUID());
        Room room = Room.of(store, ann);
        IntStream.range(0, 10).forEach(i -> room.say(ann, (word + " ").repeat(1 + i % 3) + i));
        List<String> first = texts(look("/search?q={q}&limit=200&sort={s}", word, sort), "/hits", "/id");
        assertThat(first).hasSize(10);

        List<String> paged = new ArrayList<>();
        String cursor = null;
        int page = 0;
        do {
            Answer answer = cursor == null
                    ? look("/search?q={q}&limit=3&sort={s}", word, sort)
                    : look("/search?q={q}&limit=3&sort={s}&cursor={c}", word, sort, cursor);
            paged.addAll(texts(answer, "/hits", "/id"));
            cursor = answer.json().has("next") ? answer.at("/next").asString() : null;
            room.say(ann, "something else " + page);
            room.say(ann, word + " and more " + page++);
        } while (cursor != null && page < 20);
        // What came later has its place on later pages, if there is one for it.
        assertThat(paged).doesNotHaveDuplicates();
        paged.retainAll(first);
        assertThat(paged).isEqualTo(first);
    }

    @Test
    void lastPagesHaveNoNext() {
        String word = word();
        AccountId ann = new AccountId(UUID.randomUUID());
        Room room = Room.of(store, ann);
        IntStream.range(0, 3).forEach(i -> room.say(ann, word));
        for (String sort : List.of("newest", "oldest", "relevance")) {
            assertThat(look("/search?q={q}&limit=3&sort={s}", word, sort).json().has("next"))
                    .as(sort)
                    .isFalse();
            assertThat(look("/search?q={q}&limit=2&sort={s}", word, sort).json().has("next"))
                    .as(sort)
                    .isTrue();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "/search?sort=best, sort",
        "/search?limit=0, limit",
        "/search?limit=201, limit",
        "/search?limit=99999999999999999999, limit",
        "/search?cursor=x, cursor",
        "/search?sort=relevance&cursor=YXJjaGl2ZS1yZWxldmFuY2U6TmFOLDU, cursor",
        "/search?sort=relevance&cursor=YXJjaGl2ZS1uZXdlc3Q6NQ, cursor",
        "/search?cursor=YXJjaGl2ZS1yZWxldmFuY2U6MS4wLDU, cursor",
        "/search?q=from:, q",
        "/export?q=%22open, q",
        "/search?sender=x, sender",
        "/search?conversation=x, conversation",
        "/search?script=%20, script",
        "/search?attachment=%20, attachment",
        "/search?since=yesterday, since",
        "/search?since=%2B999999999-01-01, since",
        "/search?until=-999999999-01-01T00:00:00Z, until",
        "/search?until=2004-13-01, until",
        "/search?tz=Mars/Olympus, tz",
        "/search?saved=x, saved",
        "/search?saved=7d4b3c52-1f0a-4c8e-9b57-0a4f6a1c2d02&q=tea, saved",
        "/facets?limit=101, limit",
        "/terms?limit=-1, limit",
        "/terms?by=chance, by",
        "/histogram?interval=second, interval",
        "/histogram?tz=%00, tz",
        "/activity/people?interval=1d, interval",
        "/activity/conversations?limit=1000, limit",
        "/export?format=xlsx, format",
        "/export?after=-5, after",
    })
    void badParametersAreNamed(String path, String field) {
        Answer answer = perform(as(ANALYST, get(java.net.URI.create("/api/v1/archive" + path))));
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.at("/field").asString()).isEqualTo(field);
    }

    @Test
    void muchOfAnythingIsRefused() {
        String senders = IntStream.range(0, 101)
                .mapToObj(i -> "&sender=" + new UUID(i, i))
                .reduce("", String::concat);
        assertThat(look("/search?q=a" + senders).at("/field").asString()).isEqualTo("sender");
        assertThat(look("/search?q={q}", "x".repeat(501)).at("/field").asString())
                .isEqualTo("q");
        assertThat(look("/search?script={s}", "x".repeat(201)).at("/field").asString())
                .isEqualTo("script");
    }
}
