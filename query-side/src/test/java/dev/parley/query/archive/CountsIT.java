package dev.parley.query.archive;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.messages.AccountId;
import dev.parley.messages.conversation.Attachment;
import dev.parley.messages.conversation.ConversationEvent.MessageSent;
import dev.parley.testing.Room;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// What is counted of the messages that are found.
class CountsIT extends Analysing {

    private final String word = word();
    private final AccountId ann = new AccountId(UUID.randomUUID());
    private final AccountId bob = new AccountId(UUID.randomUUID());

    private void say(Room room, AccountId who, String at, String text) {
        room.say(new MessageSent(room.id, Room.newMessage(), who, word + " " + text, Instant.parse(at)));
    }

    @Test
    void aChoiceOfAFacetNarrowsTheOthersAndNotItself() {
        Room one = Room.of(store, ann, bob);
        Room two = Room.of(store, ann, bob);
        say(one, ann, "2026-03-01T00:00:00Z", "a");
        say(one, ann, "2026-03-01T00:00:00Z", "b");
        say(one, bob, "2026-03-01T00:00:00Z", "c");
        say(two, bob, "2026-03-01T00:00:00Z", "d");

        Answer all = look("/facets?q={q}", word);
        assertThat(all.at("/total").asInt()).isEqualTo(4);
        assertThat(texts(all, "/people/values", "/count")).containsExactly("2", "2");
        assertThat(texts(all, "/conversations/values", "/conversation"))
                .containsExactly(one.id.toString(), two.id.toString());
        assertThat(texts(all, "/conversations/values", "/title")).containsExactly("Tea", "Tea");
        assertThat(texts(all, "/conversations/values", "/count")).containsExactly("3", "1");

        Answer chosen = look("/facets?q={q}&sender={s}", word, ann);
        assertThat(chosen.at("/total").asInt()).isEqualTo(2);
        assertThat(texts(chosen, "/people/values", "/count")).containsExactly("2", "2");
        assertThat(texts(chosen, "/conversations/values", "/count")).containsExactly("2");

        Answer few = look("/facets?q={q}&limit=1", word);
        assertThat(few.at("/conversations/values").size()).isEqualTo(1);
        assertThat(few.at("/conversations/others").asInt()).isEqualTo(1);
    }

    @Test
    void scriptsAndAttachmentsAreFacets() {
        Room room = Room.of(store, ann);
        say(room, ann, "2026-03-01T00:00:00Z", "все это написано по-русски");
        say(room, ann, "2026-03-01T00:00:00Z", "this is written in English");
        room.say(new MessageSent(
                room.id,
                Room.newMessage(),
                ann,
                "look",
                null,
                List.of(),
                List.of(new Attachment(
                        "cat.png", "image/png", 7, "0".repeat(64), URI.create("https://example.org/cat.png"))),
                Instant.parse("2026-03-01T00:00:00Z")));

        Answer facets = look("/facets?conversation={c}", room.id);
        assertThat(texts(facets, "/scripts/values", "/value")).contains("latin", "cyrillic");
        assertThat(texts(facets, "/attachments/values", "/value")).containsExactly("image/png");
        assertThat(look("/search?conversation={c}&script=Cyrillic", room.id)
                        .at("/total")
                        .asInt())
                .isEqualTo(1);
        assertThat(look("/search?conversation={c}&attachment=image/png", room.id)
                        .at("/hits/0/body")
                        .asString())
                .isEqualTo("look");
        assertThat(texts(look("/search?q={q}&conversation={c}", "has:attachment", room.id), "/hits", "/body"))
                .containsExactly("look");
    }

    @Test
    void emptyIntervalsAreThere() {
        Room room = Room.of(store, ann);
        say(room, ann, "2026-03-01T10:00:00Z", "a");
        say(room, ann, "2026-03-01T23:30:00Z", "b");
        say(room, ann, "2026-03-04T10:00:00Z", "c");

        Answer days = look("/histogram?q={q}&interval=day", word);
        assertThat(texts(days, "/buckets", "/at"))
                .containsExactly(
                        "2026-03-01T00:00:00Z", "2026-03-02T00:00:00Z", "2026-03-03T00:00:00Z", "2026-03-04T00:00:00Z");
        assertThat(texts(days, "/buckets", "/count")).containsExactly("2", "0", "0", "1");
        assertThat(days.at("/total").asInt()).isEqualTo(3);

        Answer berlin = look("/histogram?q={q}&interval=day&tz=Europe/Berlin", word);
        assertThat(texts(berlin, "/buckets", "/count")).containsExactly("1", "1", "0", "1");
        assertThat(berlin.at("/buckets/0/at").asString()).isEqualTo("2026-02-28T23:00:00Z");

        Answer asked = look("/histogram?q={q}&interval=day&since=2026-02-27&until=2026-03-07", word);
        assertThat(texts(asked, "/buckets", "/count")).containsExactly("0", "0", "2", "0", "0", "1", "0", "0");
        assertThat(look("/histogram?q={q}&interval=month", word).at("/buckets").size())
                .isEqualTo(1);
        assertThat(look("/histogram?q={q}", word).at("/interval").asString()).isEqualTo("hour");
        assertThat(look("/histogram?q={q}", word()).at("/buckets").size()).isZero();
    }

    @Test
    void aDayOfSummerTimeHas23Hours() {
        Room room = Room.of(store, ann);
        say(room, ann, "2026-03-28T23:00:00Z", "a");
        say(room, ann, "2026-03-29T21:59:59Z", "b");
        Answer hours = look("/histogram?q={q}&interval=hour&tz=Europe/Berlin", word);
        assertThat(hours.at("/buckets").size()).isEqualTo(23);
        assertThat(look("/histogram?q={q}&interval=day&tz=Europe/Berlin", word)
                        .at("/buckets")
                        .size())
                .isEqualTo(1);
    }

    @Test
    void tooManyIntervalsAreRefusedWithOneThatWouldDo() {
        Room room = Room.of(store, ann);
        say(room, ann, "0502-01-01T00:00:00Z", "a");
        say(room, ann, "2026-03-04T10:00:00Z", "b");
        Answer answer = look("/histogram?q={q}&interval=minute", word);
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.at("/field").asString()).isEqualTo("interval");
        assertThat(look("/histogram?q={q}", word).at("/interval").asString()).isEqualTo("year");
        assertThat(look("/histogram?q={q}&interval=minute&since=0001-01-01&until=9999-12-31", word)
                        .status())
                .isEqualTo(400);
        assertThat(look("/activity/people?q={q}&interval=day", word).status()).isEqualTo(400);
    }

    @Test
    void wordsAreCountedByMessages() {
        Room room = Room.of(store, ann);
        say(room, ann, "2026-03-01T10:00:00Z", "Kernel kernel KERNEL panic");
        say(room, ann, "2026-03-01T10:00:00Z", "kernel Straße");
        say(room, ann, "2026-03-01T10:00:00Z", "x 世 kernel-4.2");

        Answer terms = look("/terms?q={q}&limit=3", word);
        assertThat(texts(terms, "/terms", "/term")).startsWith("kernel", word).hasSize(3);
        assertThat(texts(terms, "/terms", "/messages")).startsWith("3", "3");
        assertThat(terms.at("/total").asInt()).isEqualTo(3);
        assertThat(terms.at("/sampled").asInt()).isEqualTo(3);
        assertThat(texts(look("/terms?q={q}", word), "/terms", "/term"))
                .contains("panic", "strasse", "世")
                .doesNotContain("x");
    }

    @Test
    void significantWordsAreThoseOfWhatIsFound() {
        Room room = Room.of(store, ann);
        IntStream.range(0, 30).forEach(i -> say(room, ann, "2026-03-01T10:00:00Z", "zymurgy the " + i));
        Room other = Room.of(store, bob);
        IntStream.range(0, 60).forEach(i -> other.say(bob, "the weather " + i));

        Answer terms = look("/terms?q={q}&by=significance", word);
        assertThat(terms.status()).isEqualTo(200);
        assertThat(texts(terms, "/terms", "/term")).contains("zymurgy");
        assertThat(terms.at("/sampled").asInt()).isEqualTo(30);
    }

    @Test
    void activityHasCountFirstLastAndIntervals() {
        Room one = Room.of(store, ann, bob);
        Room two = Room.of(store, ann, bob);
        say(one, ann, "2026-03-01T10:00:00Z", "a");
        say(one, bob, "2026-03-03T10:00:00Z", "b");
        say(two, bob, "2026-03-02T10:00:00Z", "c");

        Answer conversations = look("/activity/conversations?q={q}&interval=day", word);
        assertThat(texts(conversations, "/conversations", "/conversation"))
                .containsExactly(one.id.toString(), two.id.toString());
        assertThat(conversations.at("/conversations/0/count").asInt()).isEqualTo(2);
        assertThat(conversations.at("/conversations/0/first").asString()).isEqualTo("2026-03-01T10:00:00Z");
        assertThat(conversations.at("/conversations/0/last").asString()).isEqualTo("2026-03-03T10:00:00Z");
        assertThat(texts(conversations, "/conversations/0/buckets", "/count")).containsExactly("1", "0", "1");
        assertThat(texts(conversations, "/conversations/1/buckets", "/count")).containsExactly("0", "1", "0");

        Answer people = look("/activity/people?q={q}", word);
        assertThat(texts(people, "/people", "/account")).containsExactly(bob.toString(), ann.toString());
        assertThat(people.at("/people/0").has("buckets")).isFalse();
    }
}
