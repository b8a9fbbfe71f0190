package dev.parley.query.search;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.messages.AccountId;
import dev.parley.testing.Room;
import dev.parley.testing.Running;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SearchIT extends Running {

    private static final String SEARCH = "/api/v1/search?q={q}";

    @ParameterizedTest
    @CsvSource({
        "STRASSE cafe, 'A zebra crossed the Straße, café open', Straße|café",
        "ｋｅｒｎｅｌ, 'the Kernel panics', Kernel",
        "kernal panics, 'the kernel panics', kernel|panics",
        "pan, 'the kernel panics', panics",
        "世界, 'Hello 世界!', 世界",
        "don't, 'I don''t know', don't",
        "no, 'say no to <b>markup</b>', no",
        "qwen, 'I run qwen3.6 here', qwen",
        "qwen3 there, 'Is qwen3.6 there?', qwen3|there",
        "フト, 'ソフトウェア', フト",
        "กรุงเทพ, 'ผมอยู่กรุงเทพครับ', กรุงเทพ",
    })
    void findsWordsWhateverTheirCaseAccentsWidthAndSlips(String q, String body, String marked) {
        AccountId alice = new AccountId(UUID.randomUUID());
        Room room = Room.of(store, alice);
        room.say(alice, body);

        Answer found = ask(alice, SEARCH, q);
        assertThat(found.at("/total").asInt()).isEqualTo(1);
        assertThat(found.at("/hits/0/body").asString()).isEqualTo(body);
        assertThat(found.at("/hits/0/seq").asInt()).isEqualTo(1);
        List<String> hits = StreamSupport.stream(found.at("/hits/0/highlight").spliterator(), false)
                .filter(part -> part.at("/hit").asBoolean())
                .map(part -> part.at("/text").asString())
                .toList();
        assertThat(String.join("|", hits)).isEqualTo(marked);
    }

    @Test
    void everyWordMustBeThereAndShortWordsAsTheyAre() {
        AccountId alice = new AccountId(UUID.randomUUID());
        Room.of(store, alice).say(alice, "the quick brown fox");

        assertThat(ask(alice, SEARCH, "quick wolf").at("/total").asInt()).isZero();
        assertThat(ask(alice, SEARCH, "fix").at("/total").asInt()).isZero();
        assertThat(ask(alice, SEARCH, "!!!").at("/total").asInt()).isZero();
        assertThat(ask(alice, SEARCH, "qu").at("/total").asInt()).isEqualTo(1);
    }

    @Test
    void onlyWhatAMemberOfNowMaySeeIsFound() {
        AccountId alice = new AccountId(UUID.randomUUID());
        AccountId bob = new AccountId(UUID.randomUUID());
        AccountId stranger = new AccountId(UUID.randomUUID());
        Room room = Room.of(store, alice);
        room.say(alice, "secret before");
        room.add(bob);
        room.say(alice, "secret within");

        assertThat(ask(stranger, SEARCH, "secret").at("/hits").size()).isZero();
        assertThat(ask(stranger, SEARCH + "&conversation={c}", "secret", room.id)
                        .status())
                .isEqualTo(403);
        assertThat(ask(alice, SEARCH, "secret").at("/total").asInt()).isEqualTo(2);
        assertThat(ask(bob, SEARCH, "secret").at("/total").asInt()).isEqualTo(1);
        assertThat(ask(bob, SEARCH, "secret").at("/hits/0/body").asString()).isEqualTo("secret within");
        room.remove(bob);
        assertThat(ask(bob, SEARCH, "secret").at("/total").asInt()).isZero();
        assertThat(ask(bob, SEARCH + "&conversation={c}", "secret", room.id).status())
                .isEqualTo(403);
    }

    @Test
    void oneConversationCanBeSearched() {
        AccountId alice = new AccountId(UUID.randomUUID());
        Room one = Room.of(store, alice);
        Room two = Room.of(store, alice);
        one.say(alice, "needle one");
        two.say(alice, "needle two");

        assertThat(ask(alice, SEARCH, "needle").at("/total").asInt()).isEqualTo(2);
        Answer found = ask(alice, SEARCH + "&conversation={c}", "needle", two.id);
        assertThat(found.at("/total").asInt()).isEqualTo(1);
        assertThat(found.at("/hits/0/conversation").asString()).isEqualTo(two.id.toString());
    }

    @Test
    void pagesNewestFirstWithoutRepeats() {
        AccountId alice = new AccountId(UUID.randomUUID());
        Room room = Room.of(store, alice);
        IntStream.rangeClosed(1, 5).forEach(i -> room.say(alice, "page " + i));

        Answer first = ask(alice, SEARCH + "&limit=3", "page");
        room.say(alice, "page 6");
        Answer second = ask(
                alice, SEARCH + "&limit=3&cursor={c}", "page", first.at("/next").asString());
        assertThat(first.at("/hits/0/body").asString()).isEqualTo("page 5");
        assertThat(first.at("/hits/2/body").asString()).isEqualTo("page 3");
        assertThat(second.at("/hits").size()).isEqualTo(2);
        assertThat(second.at("/hits/1/body").asString()).isEqualTo("page 1");
        assertThat(second.json().has("next")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"",
                "\"open",
                "a AND (",
                "body:*",
                "*",
                "?",
                "conversation:1 OR *",
                "/.*/",
                "~~~",
                "a\u0000b",
                "\u0001\u0002",
                "\\",
                "{\"match_all\":{}}",
                "<script>",
                "\ud83d",
                "a~99",
                "[1 TO *]",
                "' or 1=1 --"
            })
    void hostileQueriesAreJustWords(String q) {
        AccountId alice = new AccountId(UUID.randomUUID());
        Room.of(store, alice).say(alice, "nothing of that kind");
        Answer found = ask(alice, SEARCH, q);
        assertThat(found.status()).isIn(200, 400);
        assertThat(found.at("/hits").size()).isZero();
    }

    @Test
    void queriesAreBoundedAndNeeded() {
        AccountId alice = new AccountId(UUID.randomUUID());
        assertThat(ask(alice, SEARCH, "x".repeat(10_000)).at("/field").asString())
                .isEqualTo("q");
        assertThat(ask(alice, SEARCH, "   ").at("/field").asString()).isEqualTo("q");
        assertThat(ask(alice, "/api/v1/search").at("/field").asString()).isEqualTo("q");
        assertThat(ask(alice, SEARCH + "&cursor=x", "a").at("/field").asString())
                .isEqualTo("cursor");
        assertThat(ask(alice, SEARCH + "&conversation=x", "a").at("/field").asString())
                .isEqualTo("conversation");
        Room.of(store, alice).say(alice, "a");
        assertThat(ask(alice, SEARCH, "a b ".repeat(25)).status()).isEqualTo(200);
        assertThat(ask(alice, SEARCH, "a b ".repeat(26)).status()).isEqualTo(400);
        assertThat(ask(alice, SEARCH + "&sort=sideways", "a").at("/field").asString())
                .isEqualTo("sort");
        assertThat(ask(alice, SEARCH + "&tz=Mars/Base", "a").at("/field").asString())
                .isEqualTo("tz");
    }

    @Test
    void badQueriesPointAtTheCharacter() {
        Answer refused = ask(new AccountId(UUID.randomUUID()), SEARCH, "hello has:virus");
        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.at("/field").asString()).isEqualTo("q");
        assertThat(refused.at("/position").asInt()).isEqualTo(10);
        assertThat(refused.at("/detail").asString()).contains("has:link");
    }

    /// As many clauses as 500 characters make.
    @ParameterizedTest
    @ValueSource(
            strings = {"a世", "世", "a.1", "ソก", "-a", "wi-", "\"", "\"a 世\" ", "kernelpan ", "kernelp OR ", "on:2026 "})
    void theWidestQueriesAreAnswered(String piece) {
        AccountId alice = new AccountId(UUID.randomUUID());
        Room.of(store, alice).say(alice, piece.repeat(20));
        String all = piece.repeat(500 / piece.length());
        assertThat(ask(alice, SEARCH, all).status()).isIn(200, 400);
        assertThat(ask(alice, SEARCH + "&sort=relevance", piece.repeat(40) + "x")
                        .status())
                .isIn(200, 400);
    }
}
