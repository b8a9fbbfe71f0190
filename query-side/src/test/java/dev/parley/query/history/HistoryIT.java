package dev.parley.query.history;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.messages.AccountId;
import dev.parley.messages.MessageId;
import dev.parley.testing.Room;
import dev.parley.testing.Running;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

class HistoryIT extends Running {

    private static final String MESSAGES = "/api/v1/conversations/{id}/messages";

    @Test
    void pagesBackFromTheNewestAndForwardFromASeq() {
        AccountId alice = Room.register(store, "alice-" + UUID.randomUUID());
        Room room = Room.of(store, alice);
        IntStream.rangeClosed(1, 7).forEach(i -> room.say(alice, "m" + i));

        Answer newest = ask(alice, MESSAGES + "?limit=3", room.id);
        assertThat(bodies(newest)).containsExactly("m7", "m6", "m5");
        Answer older = ask(
                alice,
                MESSAGES + "?limit=3&before={b}",
                room.id,
                newest.at("/next").asLong());
        assertThat(bodies(older)).containsExactly("m4", "m3", "m2");
        Answer oldest = ask(
                alice,
                MESSAGES + "?limit=3&before={b}",
                room.id,
                older.at("/next").asLong());
        assertThat(bodies(oldest)).containsExactly("m1");
        assertThat(oldest.json().has("next")).isFalse();

        Answer forward = ask(alice, MESSAGES + "?limit=2&after=5", room.id);
        assertThat(bodies(forward)).containsExactly("m6", "m7");
    }

    @Test
    void showsAMessageAsItWasSaid() {
        AccountId alice = Room.register(store, "shown-" + UUID.randomUUID());
        Room room = Room.of(store, alice);
        MessageId said = room.say(alice, "Grüße, 世界 \"👋\"");
        room.takeOver(alice, "old", 1);

        Answer history = ask(alice, MESSAGES + "?after=0", room.id);
        assertThat(bodies(history)).containsExactly("Grüße, 世界 \"👋\"", "old");
        assertThat(history.at("/messages/0/id").asString()).isEqualTo(said.toString());
        assertThat(history.at("/messages/0/conversation").asString()).isEqualTo(room.id.toString());
        assertThat(history.at("/messages/0/sender").asString()).isEqualTo(alice.toString());
        assertThat(history.at("/messages/0/username").asString()).startsWith("shown-");
        assertThat(history.at("/messages/0/seq").asInt()).isEqualTo(1);
        assertThat(history.at("/messages/0").has("imported")).isFalse();
        assertThat(history.at("/messages/1/imported").asBoolean()).isTrue();
        assertThat(history.at("/messages/1/at").asString()).isEqualTo("2004-11-15T01:00:00Z");
    }

    @Test
    void aMemberSeesWhatWasSaidWhileItWasOne() {
        AccountId alice = Room.register(store, "x-" + UUID.randomUUID());
        AccountId bob = Room.register(store, "y-" + UUID.randomUUID());
        Room room = Room.of(store, alice);
        room.say(alice, "before");
        room.add(bob);
        room.say(alice, "within");
        room.remove(bob);
        room.say(alice, "between");

        assertThat(bodies(ask(bob, MESSAGES, room.id))).containsExactly("within");
        room.add(bob);
        room.say(alice, "again");
        assertThat(bodies(ask(bob, MESSAGES, room.id))).containsExactly("again", "within");
        assertThat(bodies(ask(alice, MESSAGES, room.id))).containsExactly("again", "between", "within", "before");
    }

    @Test
    void strangersAndUnknownConversationsAreRefusedAlike() {
        AccountId alice = Room.register(store, "s-" + UUID.randomUUID());
        AccountId stranger = Room.register(store, "t-" + UUID.randomUUID());
        Room room = Room.of(store, alice);

        Answer refused = ask(stranger, MESSAGES, room.id);
        assertThat(refused.status()).isEqualTo(403);
        assertThat(refused.at("/code").asString()).isEqualTo("not-a-member");
        assertThat(ask(stranger, MESSAGES, UUID.randomUUID()).json()).isEqualTo(refused.json());
    }

    @Test
    void aMessageIdUsedElsewhereOverwritesNothing() {
        AccountId alice = Room.register(store, "u-" + UUID.randomUUID());
        AccountId mallory = Room.register(store, "v-" + UUID.randomUUID());
        Room room = Room.of(store, alice);
        Room other = Room.of(store, mallory);
        MessageId id = room.say(alice, "mine");
        other.say(mallory, id, "forged");

        assertThat(bodies(ask(alice, MESSAGES, room.id))).containsExactly("mine");
        assertThat(bodies(ask(mallory, MESSAGES, other.id))).containsExactly("forged");
    }

    @Test
    void bothDirectionsAtOnceAreRefused() {
        Answer refused = ask(new AccountId(UUID.randomUUID()), MESSAGES + "?before=3&after=1", UUID.randomUUID());
        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.at("/field").asString()).isEqualTo("after");
        assertThat(ask(new AccountId(UUID.randomUUID()), MESSAGES + "?before=-3", UUID.randomUUID())
                        .at("/field")
                        .asString())
                .isEqualTo("before");
    }

    @Test
    void theThreeCountsAgree() {
        AccountId alice = Room.register(store, "w-" + UUID.randomUUID());
        Room room = Room.of(store, alice);
        room.say(alice, "one");
        IntStream.rangeClosed(1, 1200).forEach(i -> room.takeOver(alice, "old " + i, i));

        Answer counts = ask(alice, "/api/v1/admin/conversations/{id}/counts", room.id);
        assertThat(counts.at("/events").asInt()).isEqualTo(1201);
        assertThat(counts.at("/stored").asInt()).isEqualTo(1201);
        assertThat(counts.at("/indexed").asInt()).isEqualTo(1201);
    }

    private static List<String> bodies(Answer answer) {
        assertThat(answer.status()).isEqualTo(200);
        return StreamSupport.stream(answer.at("/messages").spliterator(), false)
                .map(message -> message.at("/body").asString())
                .toList();
    }
}
